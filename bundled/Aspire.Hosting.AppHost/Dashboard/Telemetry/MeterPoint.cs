namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>A series' state at a time (Unix nanoseconds): cumulative for counters and histograms, else the value itself.</summary>
internal readonly record struct MeterPoint(long Time, double Value, Distribution? Distribution = null)
{
    public bool SameState(MeterPoint other) =>
        Value.Equals(other.Value) && (Distribution?.Count).Equals(other.Distribution?.Count);
}
