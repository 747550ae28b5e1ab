using System.Diagnostics;
using Cybertemp.Benchmarks.Load;

namespace Cybertemp.Benchmarks.Fleet;

/// <summary>What reading a list of an inbox costs the web and PostgreSQL.</summary>
/// <param name="Web">Microseconds of a core.</param>
/// <param name="Database">Microseconds of a core.</param>
internal sealed record FleetReads(double Web, double Database)
{
    private const int Clients = 8;

    /// <summary>Reads, until the web's code is compiled.</summary>
    private const int WarmUp = 20_000;

    private static readonly TimeSpan MaxWarmUp = TimeSpan.FromMinutes(1);

    public static async Task<FleetReads> RunAsync(FleetStack stack, TimeSpan duration)
    {
        var (warm, waited) = (0, Stopwatch.StartNew());
        while (warm < WarmUp && waited.Elapsed < MaxWarmUp)
        {
            warm += await ReadAsync(stack.Web, duration);
        }

        var before = stack.UsedByReading();
        var reads = await ReadAsync(stack.Web, duration);
        var after = stack.UsedByReading();
        return new FleetReads(
            (after.Web - before.Web).TotalMicroseconds / reads,
            (after.Database - before.Database).TotalMicroseconds / reads);
    }

    private static async Task<int> ReadAsync(HttpClient web, TimeSpan duration)
    {
        using var stop = new CancellationTokenSource(duration);
        var counts = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            var (random, count) = (new Random(), 0);
            for (; !stop.IsCancellationRequested; count++)
            {
                var inbox = $"box{random.Next(FleetStack.KnownInboxes)}@{LoadOptions.Domain}";
                await web.GetByteArrayAsync(new Uri($"/v1/inboxes/{inbox}/messages", UriKind.Relative));
            }

            return count;
        })));
        return counts.Sum();
    }
}
