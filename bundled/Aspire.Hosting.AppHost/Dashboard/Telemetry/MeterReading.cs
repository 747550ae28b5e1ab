namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>One data point as it was exported.</summary>
/// <param name="Start">When a cumulative value was zero, Unix nanoseconds.</param>
/// <param name="IsDelta">The point holds only what came since the one before.</param>
internal sealed record MeterReading(
    TelemetryResource Resource,
    Instrument Instrument,
    IReadOnlyList<KeyValuePair<string, string>> Attributes,
    MeterPoint Point,
    long Start,
    bool IsDelta);
