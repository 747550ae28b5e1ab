using System.Globalization;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Commit.Crashes;

public sealed class SoakTests(ITestOutputHelper output)
{
    private const int Minutes = 20;

    [LongFact]
    public async Task Memory_descriptors_and_latency_are_stable_for_twenty_minutes()
    {
        await using var stack = await CrashStack.StartAsync("Committed", withDisk: false);
        await using var load = stack.StartLoad(TimeSpan.FromMilliseconds(5));
        var samples = new List<(double Megabytes, int Descriptors, double P99)>();
        for (var minute = 0; minute < Minutes; minute++)
        {
            await Task.Delay(TimeSpan.FromMinutes(1));
            var latencies = load.TakeLatencies();
            Assert.NotEmpty(latencies);
            samples.Add((Megabytes(stack.ReceiverId), Descriptors(stack.ReceiverId),
                latencies[latencies.Length * 99 / 100].TotalMilliseconds));
            output.WriteLine($"minute {minute + 1}: {latencies.Length} messages, {samples[^1]}");
        }

        await load.StopAsync();
        var count = await load.CountAsync(stack.Database);
        output.WriteLine($"{count}");
        Assert.Equal((0, 0), (count.Lost, count.Duplicated));

        // The first minutes compile and fill pools.
        var (early, late) = (samples[3..8], samples[^5..]);
        Assert.InRange(late.Average(s => s.Megabytes), 0, early.Average(s => s.Megabytes) * 1.25);
        Assert.InRange(late.Max(s => s.Descriptors), 0, early.Max(s => s.Descriptors) + 8);
        Assert.InRange(Median(late), 0, (Median(early) * 2) + 2);
    }

    private static double Median(List<(double Megabytes, int Descriptors, double P99)> samples) =>
        samples.Select(s => s.P99).Order().ElementAt(samples.Count / 2);

    private static double Megabytes(int process) => long.Parse(
        File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith("VmRSS", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / 1024.0;

    private static int Descriptors(int process) => Directory.GetFiles($"/proc/{process}/fd").Length;
}
