namespace MimeKit.Utils;

/// <summary>CRLF and LF become the platform's line end.</summary>
internal static class LineEnds
{
    public static string ToPlatform(ReadOnlySpan<byte> octets, Encoding encoding)
    {
        if (Environment.NewLine != "\n" || HasWideUnits(encoding))
        {
            return encoding.GetString(octets)
                .Replace("\r\n", "\n", StringComparison.Ordinal)
                .Replace("\n", Environment.NewLine, StringComparison.Ordinal);
        }

        if (octets.IndexOf("\r\n"u8) < 0)
        {
            return encoding.GetString(octets);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(octets.Length);
        var length = CopyWithoutCarriageReturns(octets, buffer);
        var text = encoding.GetString(buffer, 0, length);
        ArrayPool<byte>.Shared.Return(buffer);
        return text;
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

    private static int CopyWithoutCarriageReturns(ReadOnlySpan<byte> octets, Span<byte> buffer)
    {
        var written = 0;
        for (var end = octets.IndexOf("\r\n"u8); end >= 0; end = octets.IndexOf("\r\n"u8))
        {
            octets[..end].CopyTo(buffer[written..]);
            written += end;
            octets = octets[(end + 1)..];
        }

        octets.CopyTo(buffer[written..]);
        return written + octets.Length;
    }

    private static bool HasWideUnits(Encoding encoding) => encoding is UnicodeEncoding or UTF32Encoding;
}
