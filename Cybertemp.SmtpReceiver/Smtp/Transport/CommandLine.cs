using System.Buffers;
using System.Text.Unicode;

namespace Cybertemp.SmtpReceiver.Smtp.Transport;

/// <summary>Command lines: out of the octets, and as text.</summary>
internal static class CommandLine
{
    /// <summary>Takes the first line off the front of <paramref name="input"/>.</summary>
    /// <param name="line">Without its end.</param>
    /// <param name="ending">Ready for CRLF, BareLineFeed for LF alone.</param>
    public static bool TryTake(
        ref ReadOnlySequence<byte> input, out ReadOnlySequence<byte> line, out InputStatus ending)
    {
        (line, ending) = (default, InputStatus.BareLineFeed);
        if (input.PositionOf((byte)'\n') is not { } lineFeed)
        {
            return false;
        }

        line = input.Slice(0, lineFeed);
        input = input.Slice(input.GetPosition(1, lineFeed));
        if (!line.IsEmpty && line.Slice(line.Length - 1).FirstSpan[0] == '\r')
        {
            line = line.Slice(0, line.Length - 1);
            ending = InputStatus.Ready;
        }

        return true;
    }

    /// <summary>
    /// False for what is not UTF-8 and for control characters: no verb has any. RFC 5321 §4.1.1, RFC 6531 §3.1.
    /// </summary>
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

    private static bool TryDecode(ReadOnlySpan<byte> octets, Span<char> text, out int length)
    {
        if (Utf8.ToUtf16(octets, text, out _, out length, replaceInvalidSequences: false) is not OperationStatus.Done)
        {
            return false;
        }

        // Some clients part arguments with tabs; within quotes a tab would be a part of an address.
        if (!text[..length].Contains('"'))
        {
            text[..length].Replace('\t', ' ');
        }

        return !HasControl(text[..length]);
    }

    private static bool HasControl(ReadOnlySpan<char> text) =>
        text.IndexOfAnyInRange('\0', '\x1f') >= 0 || text.IndexOfAnyInRange('\x7f', '\x9f') >= 0;
}
