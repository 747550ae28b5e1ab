using Perfolizer.Horology;

namespace Cybertemp.Benchmarks.Micro;

/// <summary>
/// What this process has used of the processors, its garbage collector included: what else the machine does hardly
/// shows.
/// </summary>
internal sealed class ProcessorClock : IClock
{
    public string Title => "processor";

    public bool IsAvailable => true;

    public Frequency Frequency => Frequency.FromHz(TimeSpan.TicksPerSecond);

    public long GetTimestamp() => Environment.CpuUsage.TotalTime.Ticks;
}
