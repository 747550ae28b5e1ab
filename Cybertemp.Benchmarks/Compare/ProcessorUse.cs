using System.Runtime.InteropServices;

namespace Cybertemp.Benchmarks.Compare;

/// <summary>What the processes of a round have used of the processors.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ProcessorUse(TimeSpan Server, TimeSpan Database, TimeSpan Client)
{
    public static ProcessorUse operator -(ProcessorUse one, ProcessorUse other) =>
        new(one.Server - other.Server, one.Database - other.Database, one.Client - other.Client);
}
