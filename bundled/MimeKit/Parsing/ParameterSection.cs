namespace MimeKit.Parsing;

/// <summary>A parameter value or a piece of it (RFC 2231 §3).</summary>
/// <param name="Number">Its place.</param>
/// <param name="IsEncoded">Charset, language and percent signs (RFC 2231 §4).</param>
/// <param name="Value">Quotes included.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ParameterSection(int Number, bool IsEncoded, byte[] Value)
{
    public bool IsQuoted => Value is [(byte)'"', _, ..];

    /// <summary>Of a whole value; encoded-words do not belong there, and mailers write them.</summary>
    public string DecodePlain()
    {
        if (!IsQuoted)
        {
            return Rfc2047Decoder.Decode(Value);
        }

        var unquoted = HeaderText.Unquote(Scanner.Decode(Value), tabsToBlanks: true);
        return unquoted.Contains("=?", StringComparison.Ordinal)
            ? Rfc2047Decoder.Decode(Encoding.UTF8.GetBytes(unquoted))
            : unquoted;
    }
}
