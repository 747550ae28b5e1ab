using Cybertemp.Mail.Schema;
using Cybertemp.SmtpReceiver.Commit;
using Cybertemp.Tests.Commit;
using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Mail.Schema;

public sealed class RowExpiryTests(Servers servers)
{
    private static readonly TimeSpan Age = TimeSpan.FromDays(30);

    [Fact]
    public async Task Reserved_mail_expires_and_private_mail_does_not()
    {
        await using var storage = await StorageHost.StartWithoutRetentionAsync(
            await servers.Postgres.CreateDatabaseAsync());
        await storage.DataSource.ExecuteAsync("insert into private_email (email) values ('mine@t'), ('root@t'); insert "
            + "into inbox_hold (address) values ('abuse@t')");
        foreach (var inbox in (string[])["admin@t", "admin@u", "root@t", "abuse@t", "mine@t"])
        {
            await storage.WriteAsync(Messages.Of([new StoredRecipient(inbox, IsReserved: true)]));
        }

        await storage.DataSource.ExecuteAsync(
            "update private_emails set received_at = received_at - interval '31 days'");
        await storage.WriteAsync(Messages.Of([new StoredRecipient("admin@t", IsReserved: true)]));

        Assert.True(await new RowExpiry(storage.DataSource, Age, Age).RunAsync(CancellationToken.None));

        Assert.Equal(["abuse@t", "admin@t", "mine@t", "root@t"], await storage.DataSource.ColumnAsync(
            "select inbox from private_emails order by inbox"));
    }

    [Fact]
    public async Task A_flood_of_reserved_mail_is_deleted_in_batches_that_pass_by_what_is_locked()
    {
        await using var storage = await StorageHost.StartWithoutRetentionAsync(
            await servers.Postgres.CreateDatabaseAsync());
        await storage.WriteAsync(Messages.Of([new StoredRecipient("admin@t", IsReserved: true)]));
        await storage.DataSource.ExecuteAsync(
            """
            create temporary table one as select * from private_emails;
            update one set received_at = received_at - interval '31 days';
            insert into private_emails
                select (jsonb_populate_record(one, jsonb_build_object('id', gen_random_uuid()))).*
                from one, generate_series(1, 1200);
            """);
        await using var other = await storage.DataSource.OpenConnectionAsync();
        await using var hold = new Npgsql.NpgsqlCommand(
            "begin; select 1 from private_emails where received_at < now() - interval '30 days' limit 1 for update",
            other);
        await hold.ExecuteNonQueryAsync();

        Assert.True(await new RowExpiry(storage.DataSource, Age, Age).RunAsync(CancellationToken.None).WaitAsync(
            TimeSpan.FromSeconds(20)));

        Assert.Equal(2L, await storage.DataSource.ScalarAsync<long>("select count(*) from private_emails"));
    }

    [Fact]
    public async Task Quarantine_expires_but_for_what_is_on_hold()
    {
        await using var storage = await StartWithQuarantineAsync("a@t", "held@t", "new@t");
        await storage.DataSource.ExecuteAsync(
            """
            update quarantine set received_at = received_at - interval '31 days' where inboxes <> '{new@t}';
            insert into inbox_hold (address) values ('held@t');
            """);

        Assert.True(await new RowExpiry(storage.DataSource, Age, Age).RunAsync(CancellationToken.None));

        Assert.Equal(["{held@t}", "{new@t}"], await storage.DataSource.ColumnAsync(
            "select inboxes::text from quarantine order by 1"));
    }

    [Fact]
    public async Task Zero_keeps_both()
    {
        await using var storage = await StartWithQuarantineAsync("a@t");
        await storage.WriteAsync(Messages.Of([new StoredRecipient("admin@t", IsReserved: true)]));
        await storage.DataSource.ExecuteAsync(
            "update quarantine set received_at = received_at - interval '10 years'; update private_emails set "
                + "received_at = received_at - interval '10 years'");

        Assert.True(
            await new RowExpiry(storage.DataSource, TimeSpan.Zero, TimeSpan.Zero).RunAsync(CancellationToken.None));

        Assert.Equal(2L, await storage.DataSource.ScalarAsync<long>(
            "select (select count(*) from quarantine) + (select count(*) from private_emails)"));
    }

    private async Task<StorageHost> StartWithQuarantineAsync(params string[] inboxes)
    {
        var storage = await StorageHost.StartWithoutRetentionAsync(await servers.Postgres.CreateDatabaseAsync());
        foreach (var inbox in inboxes)
        {
            Assert.Equal(WriteOutcome.Committed, await storage.WriteAsync(Messages.Of(
                [new StoredRecipient(inbox, IsReserved: false)], text: "\0")));
        }

        return storage;
    }
}
