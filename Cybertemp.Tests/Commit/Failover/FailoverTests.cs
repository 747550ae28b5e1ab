using System.Diagnostics;
using Cybertemp.SmtpReceiver.Commit;
using Cybertemp.Tests.Commit.Crashes;
using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Support;
using Cybertemp.Tests.Web;
using Npgsql;

namespace Cybertemp.Tests.Commit.Failover;

/// <summary>A receiver as a process and a synchronous pair of servers, of which the second is promoted.</summary>
public sealed class FailoverTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Nothing_is_lost_and_nobody_refused_when_the_primary_is_killed_and_the_standby_promoted()
    {
        await using var pair = await PostgresPair.StartAsync();
        var (receiver, port) = await StartReceiverAsync(pair);
        await using var process = receiver;
        await using var load = new AcknowledgedLoad(port, sessions: 8, TimeSpan.FromMilliseconds(2));
        await load.WaitForMoreAsync(100, Patience);

        var gap = Stopwatch.StartNew();
        await pair.First.StopAsync("KILL");
        await pair.PromoteAsync();
        await load.WaitForMoreAsync(10, Patience);
        output.WriteLine($"gap {gap.Elapsed.TotalSeconds:F2} s");
        Assert.InRange(gap.Elapsed.TotalSeconds, 0, 10);
        await load.WaitForMoreAsync(100, Patience);

        await AssertWholeAsync(load, pair);
    }

    [LongFact]
    public async Task Nothing_is_lost_when_the_former_primary_can_be_reached_again_and_nothing_is_written_there()
    {
        await using var pair = await PostgresPair.StartAsync();
        var (receiver, port) = await StartReceiverAsync(pair);
        await using var process = receiver;
        await using var load = new AcknowledgedLoad(port, sessions: 8, TimeSpan.FromMilliseconds(2));
        await load.WaitForMoreAsync(100, Patience);

        var gap = Stopwatch.StartNew();
        pair.Cut();
        await pair.PromoteAsync();
        await load.WaitForMoreAsync(10, Patience);
        output.WriteLine($"gap {gap.Elapsed.TotalSeconds:F2} s");
        var before = await CountAsync(pair.OnFirst);
        pair.Heal();
        await load.WaitForMoreAsync(100, Patience);

        // Those that waited when it was cut off are there, as nobody was told.
        Assert.InRange(await CountAsync(pair.OnFirst) - before, 0, 8);
        await AssertWholeAsync(load, pair);
    }

    [Fact]
    public async Task Receiver_and_web_that_start_while_both_believe_to_be_the_primary_take_the_newer_one()
    {
        await using var pair = await PostgresPair.StartAsync();
        await using (var storage = await StorageHost.StartAsync(pair.ConnectionString))
        {
            await storage.WriteAsync(Messages.To("before@t"));
        }

        pair.Standby.Cut();
        await pair.PromoteAsync();
        await using var fresh = await StorageHost.StartAsync(pair.ConnectionString);
        await using var web = await WebHost.StartAsync(pair.ConnectionString);

        Assert.Equal(WriteOutcome.Committed, await fresh.WriteAsync(Messages.To("after@t")));
        Assert.Single((await web.Client.GetJsonAsync("/v1/inboxes/after@t/messages")).Subjects());
        Assert.Equal(1L, await CountAsync(pair.OnFirst));
        Assert.Equal(2L, await CountAsync(pair.OnSecond));
    }

    /// <summary>The control: without a fence, and with the driver's idea of success, mail is lost.</summary>
    [LongFact]
    public async Task A_client_with_plain_settings_loses_rows_when_the_former_primary_can_be_reached_again()
    {
        await using var pair = await PostgresPair.StartAsync();
        await pair.OnFirst.ExecuteAsync("create table plain (id uuid primary key)");
        await using var writers = new PlainWriters(pair.ConnectionString, count: 4);
        await writers.WaitForMoreAsync(100);

        pair.Cut();
        await pair.PromoteAsync();
        await writers.WaitForMoreAsync(10);
        pair.Heal();
        await Eventually.TrueAsync(async () => await CountLostAsync(writers, pair) > 0);
        await writers.StopAsync();

        var lost = await CountLostAsync(writers, pair);
        output.WriteLine($"{writers.Acknowledged.Count} acknowledged, {lost} lost");
    }

    private static async Task<int> CountLostAsync(PlainWriters writers, PostgresPair pair)
    {
        string[] acknowledged = [.. writers.Acknowledged];
        var kept = await pair.OnSecond.ColumnAsync("select id::text from plain");
        return acknowledged.Except(kept, StringComparer.Ordinal).Count();
    }

    private static Task<long> CountAsync(NpgsqlDataSource server) =>
        server.ScalarAsync<long>("select (select count(*) from emails) + (select count(*) from private_emails)");

    private static async Task<(ServiceProcess Receiver, int Port)> StartReceiverAsync(PostgresPair pair)
    {
        var port = ChildProcess.FreePort();
        var receiver = await ServiceProcess.StartAsync(
            "Cybertemp.SmtpReceiver", new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ConnectionStrings__cybertemp"] = pair.ConnectionString,
                ["SMTP_RECEIVE_PORT"] = $"{port}",
                ["USE_SUPABASE_DOMAINS"] = "false",
                ["USE_SUPABASE_BANS"] = "false",
                ["Storage__CommandTimeout"] = "00:00:02",
                ["Storage__LockTimeout"] = "00:00:01",
            });
        await receiver.WaitForLineAsync("SMTP listens on");
        return (receiver, port);
    }

    private async Task AssertWholeAsync(AcknowledgedLoad load, PostgresPair pair)
    {
        await load.StopAsync();
        var count = await load.CountAsync(pair.OnSecond);
        output.WriteLine($"{count}, {load.TemporaryRefusals} 4yz, {load.PermanentRefusals} 5yz");
        Assert.Equal((0, 0, 0), (count.Lost, count.Duplicated, load.PermanentRefusals));
    }
}
