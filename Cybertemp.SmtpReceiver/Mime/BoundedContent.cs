using System.Buffers;
using System.Text;

namespace Cybertemp.SmtpReceiver.Mime;

/// <summary>The octets that are handed to the parser: all, unless the message has more headers or parts than any mail.</summary>
internal static class BoundedContent
{
    private static readonly SearchValues<string> Composite =
        SearchValues.Create(["multipart", "message/"], StringComparison.OrdinalIgnoreCase);

    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> content, MimeLimits limits, ParseNotes notes)
    {
        var kept = KeptHeaderLength(content.Span, limits, out var isWhole);
        if (!isWhole)
        {
            notes.Add($"Header fields beyond {limits.MaxHeaders} fields or {limits.MaxHeaderBytes} octets were ignored.");
            content = CutHeaders(content.Span, kept);
        }

        var end = EndOfParts(content.Span, kept, limits.MaxDelimiters);
        if (end < content.Length)
        {
            notes.Add($"Everything after {limits.MaxDelimiters} delimiter lines was ignored.");
        }

        return content[..end];
    }

    /// <summary>The header block, or as many whole fields as the limits allow.</summary>
    private static int KeptHeaderLength(ReadOnlySpan<byte> content, MimeLimits limits, out bool isWhole)
    {
        var (position, fields) = (0, 0);
        while (position < content.Length && !IsEmptyLine(content[position..]))
        {
            var isField = content[position] is not ((byte)' ' or (byte)'\t');
            var end = EndOfLine(content, position);
            fields += isField ? 1 : 0;
            if (fields > limits.MaxHeaders || end > limits.MaxHeaderBytes)
            {
                isWhole = false;
                return position;
            }

            position = end;
        }

        isWhole = true;
        return position;
    }

    private static byte[] CutHeaders(ReadOnlySpan<byte> content, int kept)
    {
        var body = kept;
        while (body < content.Length && !IsEmptyLine(content[body..]))
        {
            body = EndOfLine(content, body);
        }

        return [.. content[..kept], .. body < content.Length ? content[body..] : "\r\n"u8];
    }

    private static int EndOfParts(ReadOnlySpan<byte> content, int headerLength, int maxDelimiters)
    {
        var rest = content[headerLength..];
        if (rest.Count("\n--"u8) <= maxDelimiters || !IsComposite(content[..headerLength]))
        {
            return content.Length;
        }

        var position = headerLength;
        for (var count = 0; count <= maxDelimiters; count++)
        {
            position += content[position..].IndexOf("\n--"u8) + 1;
        }

        return position;
    }

    private static bool IsComposite(ReadOnlySpan<byte> header) =>
        Encoding.Latin1.GetString(header).AsSpan().ContainsAny(Composite);

    private static bool IsEmptyLine(ReadOnlySpan<byte> rest) => rest.StartsWith("\n"u8) || rest.StartsWith("\r\n"u8);

    private static int EndOfLine(ReadOnlySpan<byte> content, int position)
    {
        var length = content[position..].IndexOf((byte)'\n');
        return length < 0 ? content.Length : position + length + 1;
    }
}
