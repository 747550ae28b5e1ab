namespace MimeKit.Parsing;

/// <summary>A parameter or a piece of one (RFC 2231 §3).</summary>
/// <param name="Number">The place of a piece; gaps do not matter. Of a whole value -1.</param>
/// <param name="IsEncoded">Charset, language and percent signs (RFC 2231 §4).</param>
/// <param name="Value">Quotes included.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ParameterSection(string Name, int Number, bool IsEncoded, byte[] Value)
{
    public bool IsNumbered => Number >= 0;

    public bool IsQuoted => Value is [(byte)'"', _, ..];

    /// <summary>Of a whole value; encoded-words do not belong there, and mailers write them.</summary>
    public string Decode()
    {
        if (IsEncoded || !IsQuoted)
        {
            return IsEncoded ? Rfc2231Decoder.Decode([this]) : Rfc2047Decoder.Decode(Value);
        }

        var unquoted = HeaderText.Unquote(Scanner.Decode(Value));
        return unquoted.Contains("=?", StringComparison.Ordinal)
            ? Rfc2047Decoder.Decode(Encoding.UTF8.GetBytes(unquoted))
            : unquoted;
    }
}
