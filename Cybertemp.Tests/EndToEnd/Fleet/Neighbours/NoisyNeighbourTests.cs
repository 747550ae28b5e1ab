using Cybertemp.Tests.Commit.Failover;
using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.EndToEnd.Fleet.Neighbours;

/// <summary>What is done to one receiver is seen by its own senders only. The table is in docs/scaling.md.</summary>
public sealed class NoisyNeighbourTests(ITestOutputHelper output)
{
    private const string Banned = "sender@client.example";

    private static readonly TimeSpan Freeze = TimeSpan.FromSeconds(30);

    [LongFact]
    public async Task One_that_is_frozen_for_30_s_keeps_its_own_senders_waiting_and_nobody_else()
    {
        await using var noisy = await NoisyFleet.StartAsync(await ServiceFleet.CreateAsync(), []);
        var before = await NoisyFleet.DuringAsync(static () => Task.Delay(TimeSpan.FromSeconds(5)));
        await noisy.Afflicted.Process.SignalAsync("STOP");
        var oldest = TimeSpan.Zero;
        var during = await NoisyFleet.DuringAsync(async () => oldest = await OldestTransactionAsync(noisy, Freeze));
        await noisy.Afflicted.Process.SignalAsync("CONT");
        await noisy.FlowAsync();

        await noisy.AssertWholeAsync();
        var waited = LoadFigures.Of(noisy.Own.Accepted, before.From, during.To).Slowest;
        output.WriteLine(noisy.Row("frozen", during));
        output.WriteLine($"Its senders waited {waited.TotalSeconds:F1} s; a transaction, {oldest.TotalSeconds:F1} s.");
        AssertUnaffected(noisy, before, during);
        Assert.InRange(waited, Freeze * 0.9, Freeze * 1.5);
        Assert.InRange(oldest, TimeSpan.Zero, TimeSpan.FromSeconds(15));
    }

    [LongFact]
    public async Task One_without_Redis_takes_mail_by_its_last_rules_and_its_readers_wait_two_seconds_more()
    {
        var fleet = await ServiceFleet.CreateAsync();
        await using var redis = new Partition(fleet.Redis.Port);
        await using var noisy = await NoisyFleet.StartAsync(
            fleet, [new("ConnectionStrings__redis", $"127.0.0.1:{redis.Port}")]);
        var before = await NoisyFleet.DuringAsync(static () => Task.Delay(TimeSpan.FromSeconds(5)));
        redis.Cut();
        var during = await NoisyFleet.DuringAsync(static () => Task.Delay(TimeSpan.FromSeconds(15)));
        AssertUnaffected(noisy, before, during);
        await noisy.AssertWholeAsync();
        output.WriteLine(noisy.Row("Redis cut off", during));
        Assert.Equal((0, 0), (noisy.Own[SendOutcome.Deferred], noisy.Own[SendOutcome.Disconnected]));

        await fleet.Database.ExecuteAsync($"insert into bans (scope, value) values ('email', '{Banned}')");
        await AppliesAsync(fleet.Receivers[1].Port);
        Assert.Equal(SendOutcome.Accepted, await SendAsync(noisy.Afflicted.Port));
        using var http = new HttpClient();
        using var health = await http.GetAsync(new Uri(noisy.Afflicted.Http, "/health"));
        Assert.Equal(System.Net.HttpStatusCode.OK, health.StatusCode);
        redis.Heal();
        var healed = await NoisyFleet.DuringAsync(() => AppliesAsync(noisy.Afflicted.Port));
        output.WriteLine($"The ban is in force {(healed.To - healed.From).TotalSeconds:F1} s after Redis is back.");
    }

    [LongFact]
    public Task One_whose_clock_steps_an_hour_ahead_goes_by_PostgreSQLs() => StepAsync(1);

    [LongFact]
    public Task One_whose_clock_steps_an_hour_back_goes_by_PostgreSQLs() => StepAsync(-1);

    [LongFact]
    public async Task One_with_a_tenth_of_the_bandwidth_is_slow_for_its_own_senders_only()
    {
        const int BytesPerSecond = 1_000_000;
        var fleet = await ServiceFleet.CreateAsync();
        await using var postgres = new ThrottledLink(fleet.PostgresPort, BytesPerSecond / 10);
        ThrottledLink? senders = null;
        await using var noisy = await NoisyFleet.StartAsync(
            fleet,
            [new("ConnectionStrings__cybertemp", $"{fleet.ConnectionString};Port={postgres.Port};SSL Mode=Disable")],
            port => (senders = new ThrottledLink(port, BytesPerSecond / 10)).Port);
        await using var link = senders;
        var during = await NoisyFleet.DuringAsync(static () => Task.Delay(TimeSpan.FromSeconds(20)));

        await noisy.AssertWholeAsync();
        output.WriteLine(noisy.Row("a tenth of the bandwidth", during));
        var (own, others) = (
            LoadFigures.Of(noisy.Own.Accepted, during.From, during.To),
            LoadFigures.Of(noisy.Others.Accepted, during.From, during.To));
        Assert.InRange(own.Accepted, 20, others.Accepted);
        Assert.InRange(others.Slowest, TimeSpan.Zero, TimeSpan.FromSeconds(3));
        Assert.Equal(0, noisy.Others[SendOutcome.Deferred] + noisy.Others[SendOutcome.Disconnected]);
    }

    private async Task StepAsync(int hours)
    {
        using var clock = await FakeClock.AtAsync(TimeProvider.System.GetUtcNow());
        await using var noisy = await NoisyFleet.StartAsync(await ServiceFleet.CreateAsync(), clock.Environment);
        var before = await NoisyFleet.DuringAsync(static () => Task.Delay(TimeSpan.FromSeconds(5)));
        clock.Set(TimeProvider.System.GetUtcNow().AddHours(hours));
        var during = await NoisyFleet.DuringAsync(noisy.FlowAsync);
        clock.Set(TimeProvider.System.GetUtcNow());
        await noisy.FlowAsync();

        await noisy.AssertWholeAsync();
        var furthest = await noisy.Fleet.Database.ScalarAsync<TimeSpan>(
            "select greatest(max(received_at) - now(), now() - min(received_at)) from emails");
        output.WriteLine(noisy.Row($"{hours} h; furthest from now {furthest.TotalSeconds:F0} s", during));
        AssertUnaffected(noisy, before, during);
        Assert.InRange(furthest, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        Assert.Contains("away from PostgreSQL's", noisy.Afflicted.Process.Output, StringComparison.Ordinal);
    }

    /// <summary>They go on at no less than half their pace, and nobody is put off.</summary>
    private static void AssertUnaffected(
        NoisyFleet noisy, (DateTimeOffset From, DateTimeOffset To) before,
        (DateTimeOffset From, DateTimeOffset To) during)
    {
        var (usual, now) = (
            LoadFigures.Of(noisy.Others.Accepted, before.From, before.To),
            LoadFigures.Of(noisy.Others.Accepted, during.From, during.To));
        Assert.True(now.PerSecond > usual.PerSecond / 2, $"before {usual}, during {now}");
        Assert.InRange(now.Slowest, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal(0, noisy.Others[SendOutcome.Deferred] + noisy.Others[SendOutcome.Disconnected]);
    }

    /// <summary>Looked for again and again: what holds locks that others may want.</summary>
    private static async Task<TimeSpan> OldestTransactionAsync(NoisyFleet noisy, TimeSpan duration)
    {
        var (started, oldest) = (TimeProvider.System.GetTimestamp(), TimeSpan.Zero);
        while (TimeProvider.System.GetElapsedTime(started) < duration)
        {
            var age = await noisy.Fleet.Database.ScalarAsync<TimeSpan>(
                "select coalesce(max(clock_timestamp() - xact_start), '0') from pg_stat_activity "
                    + "where backend_type = 'client backend'");
            oldest = age > oldest ? age : oldest;
            await Task.Delay(200);
        }

        return oldest;
    }

    private static async Task<SendOutcome> SendAsync(int port)
    {
        using var session = new SendingSession(port);
        return await session.SendAsync($"ban@{ServiceFleet.Domain}", "ban", CancellationToken.None);
    }

    private static Task AppliesAsync(int port) =>
        Eventually.TrueAsync(async () => await SendAsync(port) is SendOutcome.Refused);
}
