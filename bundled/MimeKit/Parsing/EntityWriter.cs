namespace MimeKit.Parsing;

/// <summary>Writes received octets with one kind of line end.</summary>
internal sealed class EntityWriter(Stream stream, NewLineFormat format)
{
    public void Write(Header header) => Write(header.RawOctets);

    public void WriteLine() => stream.Write(format is NewLineFormat.Unix ? "\n"u8 : "\r\n"u8);

    public void WriteRaw(ReadOnlySpan<byte> octets) => stream.Write(octets);

    public void Write(ReadOnlySpan<byte> octets)
    {
        if (format is NewLineFormat.Mixed)
        {
            stream.Write(octets);
            return;
        }

        for (var end = octets.IndexOf((byte)'\n'); end >= 0; end = octets.IndexOf((byte)'\n'))
        {
            stream.Write(octets[..(end > 0 && octets[end - 1] == '\r' ? end - 1 : end)]);
            WriteLine();
            octets = octets[(end + 1)..];
        }

        stream.Write(octets);
    }
}
