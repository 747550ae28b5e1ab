using System.Text;

namespace Cybertemp.Mail.Mime.Bounds;

/// <summary>One header field in octets (RFC 5322 §2.2); a blank before the colon is allowed.</summary>
internal readonly ref struct HeaderField
{
    /// <summary>Octets at the end of a long field that stay: the address of a From stands there.</summary>
    private const int TailOctets = 1024;

    private readonly ReadOnlySpan<byte> _octets;

    public HeaderField(ReadOnlySpan<byte> octets)
    {
        var colon = octets.IndexOf((byte)':');
        _octets = octets;
        Name = octets[..Math.Max(colon, 0)].TrimEnd(" \t\r\n"u8);
        Value = octets[(colon + 1)..];
    }

    /// <summary>A line end with its blanks between the name and the colon: to the parser that is no field.</summary>
    public Range Fold
    {
        get
        {
            var between = _octets[Name.Length..(_octets.Length - Value.Length)];
            return between.Contains((byte)'\n') && !Name.ContainsAny(" \t\r\n"u8)
                ? Name.Length..(Name.Length + between.Length - 1)
                : ..0;
        }
    }

    public ReadOnlySpan<byte> Name { get; }

    public ReadOnlySpan<byte> Value { get; }

    public bool IsContent => Name.Length > 8 && Ascii.EqualsIgnoreCase(Name[..8], "content-"u8);

    /// <summary>A column of its own, what tells the parts apart, or a field that readers ask for.</summary>
    public bool IsImportant => IsContent || Is("from"u8) || Is("subject"u8) || Is("date"u8) || Is("message-id"u8)
        || Is("to"u8) || Is("reply-to"u8) || Is("list-unsubscribe"u8) || Is("mime-version"u8);

    /// <summary>At least half of those that the parser finds: to it a closing quote ends a parameter too.</summary>
    public int Parameters => IsContent ? Math.Max(Value.Count((byte)';'), Value.Count((byte)'"') / 2) : 0;

    /// <summary>
    /// At least half of the sections of parameters (RFC 2231 §3) that are not encoded: the parser takes its time for
    /// them.
    /// </summary>
    public int PlainSections => IsContent ? Math.Max(Value.Count((byte)'*') - (2 * Value.Count("*="u8)), 0) : 0;

    public bool Is(ReadOnlySpan<byte> name) => Ascii.EqualsIgnoreCase(Name, name);

    /// <summary>
    /// What is left out of a field that is too long, or has too many parameters; nothing of any other. No line ends at
    /// the joint, since an empty line would end the header.
    /// </summary>
    public Range Surplus(int maxBytes, int maxParameters)
    {
        var end = Parameters > maxParameters ? EndOfParameters(maxParameters) : _octets.Length;
        if (end == _octets.Length && end <= maxBytes)
        {
            return ^0..^0;
        }

        var head = EndOfText(_octets[..Math.Min(end, maxBytes - TailOctets)]);
        var tail = end < _octets.Length ? -1 : _octets[^TailOctets..].IndexOfAnyExcept("\r\n"u8);
        return head..(tail < 0 ? EndOfText(_octets) : _octets.Length - TailOctets + tail);
    }

    private int EndOfParameters(int count)
    {
        var end = _octets.Length - Value.Length;
        for (; count > 0; count--)
        {
            end += _octets[end..].IndexOfAny((byte)';', (byte)'"') + 1;
        }

        return end;
    }

    private static int EndOfText(ReadOnlySpan<byte> octets) => octets.LastIndexOfAnyExcept("\r\n"u8) + 1;
}
