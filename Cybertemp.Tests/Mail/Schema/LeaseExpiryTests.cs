using Cybertemp.Mail.Schema;
using Cybertemp.SmtpReceiver.Commit;
using Cybertemp.Tests.Commit;
using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Support;
using Npgsql;

namespace Cybertemp.Tests.Mail.Schema;

public sealed class LeaseExpiryTests(Servers servers)
{
    [Fact]
    public async Task Mail_goes_with_its_inbox_or_its_time_and_no_other_does()
    {
        await using var storage = await StorageHost.StartWithoutRetentionAsync(
            await servers.Postgres.CreateDatabaseAsync());
        foreach (var inbox in (string[])["ended@t", "held@t", "lasting@t", "plain@t", "account@t"])
        {
            await storage.WriteAsync(Messages.Of([new StoredRecipient(inbox, IsReserved: inbox == "account@t")]));
        }

        await storage.WriteAsync(Messages.Of([new StoredRecipient("account@t", IsReserved: true)]));
        await storage.DataSource.ExecuteAsync(
            """
            insert into private_email (email) values ('account@t');
            insert into inbox_hold (address) values ('held@t');
            insert into inbox_lease (address, expires_at) values
                ('ended@t', now()), ('held@t', now()), ('lasting@t', now() + interval '1 minute');
            insert into inbox_lease (address, mail_ttl) values ('account@t', interval '7 days');
            update private_emails set received_at = received_at - interval '8 days'
                where id = (select id from private_emails order by id limit 1);
            """);
        var days = await DaysAsync(storage.DataSource);

        await RunAsync(storage.DataSource);

        Assert.Equal(["held@t", "lasting@t", "plain@t"], await storage.DataSource.ColumnAsync(
            "select inbox from emails order by inbox"));
        Assert.Equal(["account@t"], await storage.DataSource.ColumnAsync("select inbox from private_emails"));
        Assert.Equal(days, await DaysAsync(storage.DataSource));
    }

    [Fact]
    public async Task An_inbox_that_has_ended_is_forgotten_after_a_week_once_nothing_of_it_is_left()
    {
        await using var storage = await StorageHost.StartWithoutRetentionAsync(
            await servers.Postgres.CreateDatabaseAsync());
        await storage.WriteAsync(Messages.To("late@t"));
        await storage.WriteAsync(Messages.To("held@t"));
        await storage.DataSource.ExecuteAsync(
            """
            insert into inbox_hold (address) values ('held@t');
            insert into inbox_lease (address, expires_at)
                select inbox, now() - interval '8 days' from unnest(array['late@t', 'held@t', 'unused@t']) as t (inbox);
            insert into inbox_lease (address, expires_at) values ('recent@t', now() - interval '6 days');
            """);
        await using (var other = await storage.DataSource.OpenConnectionAsync())
        await using (var hold = new NpgsqlCommand("begin; select from emails where inbox = 'late@t' for update", other))
        {
            await hold.ExecuteNonQueryAsync();
            await RunAsync(storage.DataSource);
        }

        Assert.Equal(["held@t", "late@t", "recent@t"], await LeasesAsync(storage.DataSource));
        await RunAsync(storage.DataSource);
        Assert.Equal(["held@t", "recent@t"], await LeasesAsync(storage.DataSource));
        Assert.Equal(["held@t"], await storage.DataSource.ColumnAsync("select address from inbox"));
    }

    private static async Task RunAsync(NpgsqlDataSource source) =>
        Assert.True(await new RowExpiry(source, TimeSpan.Zero, TimeSpan.Zero).RunAsync(CancellationToken.None));

    private static Task<List<string>> LeasesAsync(NpgsqlDataSource source) =>
        source.ColumnAsync("select address from inbox_lease order by address");

    private static Task<long> DaysAsync(NpgsqlDataSource source) =>
        source.ScalarAsync<long>("select count(*) from pg_inherits where inhparent = 'emails'::regclass");
}
