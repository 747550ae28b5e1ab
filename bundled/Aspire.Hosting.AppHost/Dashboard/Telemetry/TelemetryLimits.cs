namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>What is kept; beyond it the oldest goes. The counts are those of Aspire's dashboard, the byte budgets are ours.</summary>
internal sealed record TelemetryLimits
{
    public int Logs { get; init; } = 10_000;

    public long LogBytes { get; init; } = 32 * 1024 * 1024;

    public int Traces { get; init; } = 10_000;

    public int Spans { get; init; } = 100_000;

    public int SpansPerTrace { get; init; } = 1_000;

    public long SpanBytes { get; init; } = 64 * 1024 * 1024;

    public int MeterPoints { get; init; } = 50_000;

    public int Series { get; init; } = 2_000;

    public TimeSpan MeterWindow { get; init; } = TimeSpan.FromHours(1);

    public int ConsoleLines { get; init; } = 10_000;

    public int ConsoleChars { get; init; } = 4 * 1024 * 1024;

    public int ConsoleLineChars { get; init; } = 8 * 1024;

    public int Resources { get; init; } = 100;
}
