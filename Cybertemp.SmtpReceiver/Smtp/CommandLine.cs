using System.Buffers;
using System.Text.Unicode;

namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>Octets of a command line as text.</summary>
internal static class CommandLine
{
    /// <summary>False for what is not UTF-8 and for control characters: no verb has any. RFC 5321 §4.1.1, RFC 6531 §3.1.</summary>
    public static bool TryDecode(ReadOnlySequence<byte> line, Span<char> text, out int length)
    {
        length = 0;
        if (line.IsSingleSegment)
        {
            return TryDecode(line.FirstSpan, text, out length);
        }

        Span<byte> octets = stackalloc byte[text.Length];
        line.CopyTo(octets);
        return TryDecode(octets[..(int)line.Length], text, out length);
    }

    private static bool TryDecode(ReadOnlySpan<byte> octets, Span<char> text, out int length) =>
        Utf8.ToUtf16(octets, text, out _, out length, replaceInvalidSequences: false) is OperationStatus.Done
        && !HasControl(text[..length]);

    private static bool HasControl(ReadOnlySpan<char> text) =>
        text.IndexOfAnyInRange('\0', '\x1f') >= 0 || text.IndexOfAnyInRange('\x7f', '\x9f') >= 0;
}
