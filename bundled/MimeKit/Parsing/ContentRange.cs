using System.Runtime.InteropServices;

namespace MimeKit.Parsing;

/// <summary>A view of the received octets.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ContentRange(int Start, int End)
{
    public int Length => End - Start;
}
