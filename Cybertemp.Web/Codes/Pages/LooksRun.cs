using System.Runtime.InteropServices;

namespace Cybertemp.Web.Codes.Pages;

/// <summary>From <paramref name="Start"/> to the next run.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LooksRun(int Start, Looks Looks);
