using Cybertemp.Mail.Schema;
using Cybertemp.SmtpReceiver.Commit;
using Cybertemp.SmtpReceiver.Storage.Maintenance;
using Cybertemp.Tests.Commit;
using Cybertemp.Tests.Storage;
using Npgsql;

namespace Cybertemp.Tests.Mail.Citus;

/// <summary>All that a receiver asks PostgreSQL about mail, done once.</summary>
internal static class ReceiverTour
{
    private const string Expired = """
        insert into inbox_lease (address, expires_at) values
            ('ended@t.example', now() - interval '8 days'), ('due@t.example', now() - interval '1 hour');
        insert into inbox (address) values ('ended@t.example');
        insert into inbox_hold (address) values ('held@t.example');
        insert into private_emails select (jsonb_populate_record(p, jsonb_build_object(
            'id', gen_random_uuid(), 'inbox', 'admin@t.example', 'received_at', now() - interval '40 days'))).*
        from private_emails p limit 1;
        select emails_add_day('2026-01-01');
        insert into emails select (jsonb_populate_record(
            e, jsonb_build_object('received_at', '2026-01-01T12:00:00Z', 'inbox', 'held@t.example'))).*
        from emails e limit 1;
        """;

    public static async Task RunAsync(string connectionString, NpgsqlDataSource admin)
    {
        await admin.ExecuteAsync("insert into private_email (email) values ('private@t.example')");
        await using var storage = await StorageHost.StartWithoutRetentionAsync(connectionString);
        await AssertStoredAsync(storage, Messages.To("a@t.example", "private@t.example"));
        await AssertStoredAsync(storage, Messages.Of([new("b@t.example", false)], text: "\0"));
        await storage.Get<LastReceivedFlusher>().FlushAsync(CancellationToken.None);
        await storage.Get<StorageMonitor>().LookAsync(CancellationToken.None);

        await admin.ExecuteAsync(Expired);
        await AssertStoredAsync(storage, Messages.To("due@t.example"));
        Assert.True(await storage.Get<Retention>().RunAsync(force: true, CancellationToken.None));
        Assert.True(await storage.Get<RowExpiry>().RunAsync(CancellationToken.None));
        Assert.Equal(1L, await admin.ScalarAsync<long>("select count(*) from held_emails"));
        Assert.Equal(0L, await admin.ScalarAsync<long>(
            "select count(*) from emails where inbox in ('due@t.example', 'held@t.example')"));
        Assert.Equal(0L, await admin.ScalarAsync<long>(
            "select count(*) from private_emails where inbox = 'admin@t.example'"));
        Assert.Equal(0L, await admin.ScalarAsync<long>("select count(*) from inbox where address = 'ended@t.example'"));
    }

    private static async Task AssertStoredAsync(StorageHost storage, StoredMessage message) =>
        Assert.Equal(WriteOutcome.Committed, await storage.WriteAsync(message));
}
