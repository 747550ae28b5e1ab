namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>The equal steps that a chart's window is cut into, Unix nanoseconds.</summary>
/// <param name="Start">The first edge; a multiple of the step, so that a moving window does not change old values.</param>
internal sealed record TimeBins(long Start, long Step, int Count)
{
    // Exporters send once a second: what is younger is not there yet and would show as a dip.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1.5);

    public static TimeBins Ending(DateTimeOffset now, TimeSpan window)
    {
        var step = StepOf(window);
        var count = (int)(window / step);
        var last = (now - Settling).ToUnixTimeMilliseconds() / (long)step.TotalMilliseconds;
        var nanoseconds = Series.Nanoseconds(step);
        return new((last - count) * nanoseconds, nanoseconds, count);
    }

    public long Edge(int index) => Start + (index * Step);

    private static TimeSpan StepOf(TimeSpan window) => TimeSpan.FromSeconds(window.TotalMinutes switch
    {
        <= 1 => 1,
        <= 5 => 5,
        <= 15 => 10,
        <= 30 => 20,
        _ => 30,
    });
}
