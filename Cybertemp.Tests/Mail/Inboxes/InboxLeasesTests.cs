using Cybertemp.Mail.Inboxes;
using Cybertemp.Mail.Schema;
using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Support;
using Npgsql;

namespace Cybertemp.Tests.Mail.Inboxes;

public sealed class InboxLeasesTests(Servers servers)
{
    private const string IsWaiting = """
        select count(*) from pg_locks
        where locktype = 'advisory' and mode = 'ShareLock' and not granted
            and database = (select oid from pg_database where datname = current_database())
        """;

    [Fact]
    public async Task An_address_does_not_become_private_and_leased_at_once()
    {
        await using var storage = await StorageHost.StartAsync(await servers.Postgres.CreateDatabaseAsync());
        await using var operators = await storage.DataSource.OpenConnectionAsync();
        await using var adding = new NpgsqlCommand(
            $"begin; select pg_advisory_xact_lock({AdvisoryLocks.PrivateAddresses}); "
                + "insert into private_email (email) values ('both@t')", operators);
        await adding.ExecuteNonQueryAsync();
        var leasing = new InboxLeases(storage.DataSource).AddAsync(
            "both@t", token: null, TimeSpan.FromHours(1), CancellationToken.None);
        await Eventually.TrueAsync(async () => await storage.DataSource.ScalarAsync<long>(IsWaiting) > 0);
        await using var commit = new NpgsqlCommand("commit", operators);
        await commit.ExecuteNonQueryAsync();
        Assert.Null(await leasing);
    }
}
