namespace MimeKit.Parsing;

/// <summary>Where a header field lies in the received octets.</summary>
/// <param name="Start">First octet of the name.</param>
/// <param name="Colon">The colon; equal to <paramref name="End"/> in a line that is no header field.</param>
/// <param name="End">After the line end of the last folded line.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct HeaderField(int Start, int Colon, int End)
{
    public bool IsInvalid => Colon >= End;

    public int ValueStart => Math.Min(Colon + 1, End);
}
