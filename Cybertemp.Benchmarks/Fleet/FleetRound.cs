using System.Diagnostics;
using System.Globalization;
using Cybertemp.Benchmarks.Compare;
using Cybertemp.Benchmarks.Load;

namespace Cybertemp.Benchmarks.Fleet;

/// <summary>What one message cost a fleet in one round.</summary>
/// <param name="Receivers">How many took the load.</param>
/// <param name="Sessions">Of all of them.</param>
/// <param name="PerSecond">Messages that were answered 250.</param>
/// <param name="ReceiverMicroseconds">Of the processors, for one message, in all receivers.</param>
/// <param name="DatabaseMicroseconds">The same of PostgreSQL's processes.</param>
/// <param name="RedisMicroseconds">The same of Redis.</param>
/// <param name="LogBytes">Written ahead for one message.</param>
/// <param name="Commits">For one message: less than one, since a commit takes all that waits.</param>
/// <param name="Load">Average of the machine: what else went on.</param>
internal sealed record FleetRound(
    int Receivers,
    int Sessions,
    double PerSecond,
    double ReceiverMicroseconds,
    double DatabaseMicroseconds,
    double RedisMicroseconds,
    double LogBytes,
    double Commits,
    double Load)
{
    public static async Task<FleetRound> RunAsync(
        FleetStack stack, int receivers, int sessions, int bytes, TimeSpan duration)
    {
        var clients = Enumerable.Range(0, sessions)
            .Select(i => new LoadSession(LoadOf(stack.PortOf(i % receivers), bytes), i)).ToArray();
        try
        {
            await Task.WhenAll(clients.Select(static c => c.ConnectAsync()));
            var before = await stack.UsedAsync();
            var started = Stopwatch.GetTimestamp();
            var messages = await SendAsync(clients, duration);
            var elapsed = Stopwatch.GetElapsedTime(started);
            var used = await stack.UsedAsync() - before;
            return used.Rows == messages
                ? Of(receivers, sessions, messages / elapsed.TotalSeconds, used)
                : throw new InvalidOperationException($"{messages} were answered 250, {used.Rows} are stored");
        }
        finally
        {
            Array.ForEach(clients, static c => c.Dispose());
        }
    }

    /// <summary>The median of each figure.</summary>
    public static FleetRound MedianOf(IReadOnlyList<FleetRound> rounds)
    {
        double Median(Func<FleetRound, double> value) => rounds.Select(value).Order().ElementAt(rounds.Count / 2);
        return new FleetRound(
            rounds[0].Receivers, rounds[0].Sessions, Median(static r => r.PerSecond),
            Median(static r => r.ReceiverMicroseconds), Median(static r => r.DatabaseMicroseconds),
            Median(static r => r.RedisMicroseconds), Median(static r => r.LogBytes), Median(static r => r.Commits),
            Median(static r => r.Load));
    }

    private static LoadOptions LoadOf(int port, int bytes) => LoadOptions.Parse(
    [
        $"port={RunningServer.Text(port)}", "mode=pipe", $"bytes={RunningServer.Text(bytes)}",
        $"inboxes={RunningServer.Text(FleetStack.KnownInboxes)}",
    ]);

    private static async Task<long> SendAsync(LoadSession[] sessions, TimeSpan duration)
    {
        using var stop = new CancellationTokenSource(duration);
        var lists = sessions.Select(static _ => new List<long>()).ToArray();
        await Task.WhenAll(sessions.Select((s, i) => Task.Run(() => s.RunAsync(lists[i], stop.Token))));
        return lists.Sum(static l => (long)l.Count);
    }

    private static FleetRound Of(int receivers, int sessions, double perSecond, FleetUse used) => new(
        receivers, sessions, perSecond, used.Receivers.TotalMicroseconds / used.Rows,
        used.Database.TotalMicroseconds / used.Rows, used.Redis.TotalMicroseconds / used.Rows,
        (double)used.LogBytes / used.Rows, (double)used.Commits / used.Rows,
        double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture));
}
