namespace Cybertemp.Tests.EndToEnd.Fleet.Neighbours;

/// <summary>
/// Two receivers, a Sync and a web. Something is done to the first receiver; each receiver has senders of its own,
/// which go nowhere else, and an inbox that both send to has readers too.
/// </summary>
internal sealed class NoisyFleet : IAsyncDisposable
{
    private const string Both = $"both@{ServiceFleet.Domain}";

    private static readonly string[] OwnInboxes = [$"own@{ServiceFleet.Domain}", Both];
    private static readonly string[] OthersInboxes = [$"others@{ServiceFleet.Domain}", Both];

    private readonly FleetReaders _readers;

    private NoisyFleet(ServiceFleet fleet, FleetReaders readers, int ownPort)
    {
        (Fleet, _readers) = (fleet, readers);
        Own = new FleetLoad("own", [ownPort], OwnInboxes, sessions: 4, TimeSpan.FromMilliseconds(50));
        Others = new FleetLoad(
            "others", [fleet.Receivers[1].Port], OthersInboxes, sessions: 4, TimeSpan.FromMilliseconds(50));
    }

    public ServiceFleet Fleet { get; }

    /// <summary>To the receiver that something is done to.</summary>
    public FleetLoad Own { get; }

    /// <summary>To its neighbour.</summary>
    public FleetLoad Others { get; }

    public FleetMember Afflicted => Fleet.Receivers[0];

    /// <summary>Completes when mail flows.</summary>
    /// <param name="fleet">Servers without services yet.</param>
    /// <param name="settings">Of the afflicted receiver, beside the usual ones.</param>
    /// <param name="link">The way to it; null for the direct one.</param>
    public static async Task<NoisyFleet> StartAsync(
        ServiceFleet fleet, IEnumerable<KeyValuePair<string, string>> settings, Func<int, int>? link = null)
    {
        var afflicted = await fleet.AddReceiverAsync(ServiceBuild.Present, settings);
        await fleet.AddReceiverAsync(ServiceBuild.Present);
        await fleet.AddSyncAsync(ServiceBuild.Present);
        await fleet.AddWebAsync(ServiceBuild.Present);
        var readers = await FleetReaders.StartAsync(
            [.. OwnInboxes, OthersInboxes[0]], fleet.WebAddresses, ServiceBuild.Present);
        var noisy = new NoisyFleet(fleet, readers, link?.Invoke(afflicted.Port) ?? afflicted.Port);
        await Task.WhenAll(noisy.Own.WaitForMoreAsync(50), noisy.Others.WaitForMoreAsync(50));
        return noisy;
    }

    /// <summary>The time that an action takes.</summary>
    public static async Task<(DateTimeOffset From, DateTimeOffset To)> DuringAsync(Func<Task> action)
    {
        var from = TimeProvider.System.GetUtcNow();
        await action();
        return (from, TimeProvider.System.GetUtcNow());
    }

    /// <summary>Lets both go on a little.</summary>
    public Task FlowAsync() => Task.WhenAll(Own.WaitForMoreAsync(50), Others.WaitForMoreAsync(50));

    /// <summary>
    /// Stops the senders: all that was acknowledged is stored once and told, and nobody was refused for good.
    /// </summary>
    public async Task AssertWholeAsync()
    {
        await Task.WhenAll(Own.StopAsync(), Others.StopAsync());
        await _readers.WaitUntilToldAsync([.. Own.Accepted, .. Others.Accepted]);
        Assert.Equal(((0, 0), (0, 0)), (
            await Own.CountAsync(Fleet.Database), await Others.CountAsync(Fleet.Database)));
        foreach (var load in (FleetLoad[])[Own, Others])
        {
            Assert.Equal((0, 0), (load[SendOutcome.Refused], load[SendOutcome.InDoubt]));
        }
    }

    /// <summary>A line of the table.</summary>
    public string Row(string done, (DateTimeOffset From, DateTimeOffset To) during) => string.Join(
        " | ",
        done,
        $"its senders {LoadFigures.Of(Own.Accepted, during.From, during.To)}; in all {Own}",
        $"the others' {LoadFigures.Of(Others.Accepted, during.From, during.To)}; in all {Others}",
        $"told after the 250 at the latest: its mail {_readers.LatestOf(Own.Accepted).TotalSeconds:F1} s, the others' "
            + $"{_readers.LatestOf(Others.Accepted).TotalSeconds:F1} s; {_readers}");

    public async ValueTask DisposeAsync()
    {
        await Own.DisposeAsync();
        await Others.DisposeAsync();
        await _readers.DisposeAsync();
        await Fleet.DisposeAsync();
    }
}
