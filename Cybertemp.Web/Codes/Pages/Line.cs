using System.Runtime.InteropServices;

namespace Cybertemp.Web.Codes.Pages;

/// <summary>A line of a page, its end not included.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Line(int Start, int End)
{
    public int Length => End - Start;
}
