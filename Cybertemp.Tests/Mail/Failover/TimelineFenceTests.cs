using Cybertemp.Mail.Failover;
using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Support;
using Npgsql;

namespace Cybertemp.Tests.Mail.Failover;

public sealed class TimelineFenceTests(Servers servers)
{
    [Fact]
    public void A_timeline_lower_than_the_highest_of_its_system_is_refused()
    {
        var fence = new TimelineFence(TimelineFenceMode.Auto);
        var promotions = new List<int>();
        fence.OnPromotion(() => promotions.Add(fence.Generation));

        fence.Observe("first", system: 1, timeline: 3);
        fence.Observe("elsewhere", system: 2, timeline: 1);
        fence.Observe("second", system: 1, timeline: 4);
        var refusal = Assert.Throws<FormerPrimaryException>(() => fence.Observe("first", system: 1, timeline: 3));

        Assert.Contains("first", refusal.Message, StringComparison.Ordinal);
        Assert.Equal((1, 1L, refusal.Message), (fence.Generation, fence.Refused, fence.LastRefusal));
        Assert.Equal([0], promotions);
        fence.Observe("elsewhere", system: 2, timeline: 1);
        fence.Observe("second", system: 1, timeline: 4);
    }

    [Theory]
    [InlineData("Auto", true)]
    [InlineData("Off", false)]
    public async Task Asks_the_server_unless_it_is_off(string mode, bool asks)
    {
        var fence = new TimelineFence(Enum.Parse<TimelineFenceMode>(mode));
        await using var connection = new NpgsqlConnection(servers.Postgres.ConnectionString("postgres"));
        await connection.OpenAsync();
        var system = (long)(await new NpgsqlCommand(
            "select system_identifier from pg_control_system()", connection).ExecuteScalarAsync())!;
        fence.Observe("newer", system, timeline: 2);

        Assert.Equal(asks, await IsRefusedAsync(() => fence.CheckAsync(connection)));
        Assert.Equal(asks, await IsRefusedAsync(() => Task.Run(() => fence.Check(connection))));
    }

    [Fact]
    public async Task A_server_that_does_not_tell_is_taken()
    {
        var database = await servers.Postgres.CreateDatabaseAsync();
        await using var owner = NpgsqlDataSource.Create(database);
        await owner.ExecuteAsync(
            "create role untold login; revoke execute on function pg_control_system() from public");
        var fence = new TimelineFence(TimelineFenceMode.Auto);
        await using var connection = new NpgsqlConnection(database + ";Username=untold");
        await connection.OpenAsync();

        await fence.CheckAsync(connection);

        Assert.True(fence.IsBlind);
    }

    private static async Task<bool> IsRefusedAsync(Func<Task> check)
    {
        try
        {
            await check();
            return false;
        }
        catch (FormerPrimaryException)
        {
            return true;
        }
    }
}
