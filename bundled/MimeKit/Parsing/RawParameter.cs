using System.Runtime.InteropServices;

namespace MimeKit.Parsing;

/// <summary>A parameter as it stands in the header field.</summary>
/// <param name="Section">Of a continued value (RFC 2231 §3).</param>
/// <param name="IsEncoded">Charset, language and percent signs (RFC 2231 §4).</param>
/// <param name="Value">Quotes included.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RawParameter(string Name, int? Section, bool IsEncoded, byte[] Value)
{
    public bool IsQuoted => Value is [(byte)'"', ..] && Value.Length >= 2;
}
