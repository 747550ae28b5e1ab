using System.Runtime.InteropServices;

namespace Cybertemp.Benchmarks.Fleet;

/// <summary>What a fleet has used so far, or in a round.</summary>
/// <param name="Receivers">Processor time of all of them.</param>
/// <param name="Database">Of PostgreSQL's processes.</param>
/// <param name="Redis">Of Redis.</param>
/// <param name="LogBytes">That PostgreSQL wrote ahead.</param>
/// <param name="Commits">That stored mail.</param>
/// <param name="Rows">That are stored.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FleetUse(
    TimeSpan Receivers, TimeSpan Database, TimeSpan Redis, long LogBytes, long Commits, long Rows)
{
    public static FleetUse operator -(FleetUse one, FleetUse other) => new(
        one.Receivers - other.Receivers, one.Database - other.Database, one.Redis - other.Redis,
        one.LogBytes - other.LogBytes, one.Commits - other.Commits, one.Rows - other.Rows);
}
