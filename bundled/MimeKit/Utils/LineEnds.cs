namespace MimeKit.Utils;

/// <summary>CRLF and LF become the platform's line end.</summary>
internal static class LineEnds
{
    /// <summary>What the last octets leave incomplete, a character or a line end, is dropped.</summary>
    public static string ToPlatform(ReadOnlySpan<byte> octets, Encoding encoding)
    {
        var buffer = ArrayPool<char>.Shared.Rent(encoding.GetMaxCharCount(octets.Length));
        var length = encoding.GetDecoder().GetChars(octets, buffer, flush: false);
        var text = new string(buffer, 0, RemoveCarriageReturns(buffer.AsSpan(0, length)));
        ArrayPool<char>.Shared.Return(buffer);
        return Environment.NewLine is "\n" ? text : text.Replace("\n", Environment.NewLine, StringComparison.Ordinal);
    }

    public static void Write(ReadOnlySpan<byte> octets, Stream stream, NewLineFormat format)
    {
        for (var end = octets.IndexOf((byte)'\n'); end >= 0 && format is not NewLineFormat.Mixed; end = octets.IndexOf((byte)'\n'))
        {
            stream.Write(octets[..(end > 0 && octets[end - 1] == '\r' ? end - 1 : end)]);
            stream.Write(format is NewLineFormat.Unix ? "\n"u8 : "\r\n"u8);
            octets = octets[(end + 1)..];
        }

        stream.Write(octets);
    }

    private static int RemoveCarriageReturns(Span<char> text)
    {
        var kept = 0;
        var rest = text;
        for (var end = rest.IndexOf('\r'); end >= 0; end = rest.IndexOf('\r'))
        {
            var isLineEnd = end + 1 == rest.Length || rest[end + 1] == '\n';
            var length = isLineEnd ? end : end + 1;
            rest[..length].CopyTo(text[kept..]);
            kept += length;
            rest = rest[(end + 1)..];
        }

        rest.CopyTo(text[kept..]);
        return kept + rest.Length;
    }
}
