using System.Runtime.InteropServices;

namespace MimeKit.Parsing;

/// <summary>A piece of a continued parameter value (RFC 2231 §3).</summary>
/// <param name="Number">Its place; gaps do not matter.</param>
/// <param name="IsEncoded">Charset, language and percent signs (RFC 2231 §4).</param>
/// <param name="Value">Quotes included.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ParameterSection(int Number, bool IsEncoded, byte[] Value)
{
    public bool IsQuoted => Value is [(byte)'"', _, ..];
}
