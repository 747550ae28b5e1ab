using Cybertemp.Mail.Schema;
using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Cybertemp.Tests.Mail.Schema;

public sealed class SchemaMigratorTests(Servers servers)
{
    [Fact]
    public async Task Many_replicas_may_migrate_at_once()
    {
        var connectionString = await servers.Postgres.CreateDatabaseAsync();
        var sources = Enumerable.Range(0, 8).Select(_ => NpgsqlDataSource.Create(connectionString)).ToArray();

        await Task.WhenAll(sources.Select(s => Migrator(s).MigrateAsync(CancellationToken.None)));

        Assert.Equal(
            (SchemaMigrator.KnownVersion, (long)SchemaMigrator.KnownVersion),
            (await sources[0].ScalarAsync<int>("select max(version) from cybertemp_schema"),
             await sources[0].ScalarAsync<long>("select count(*) from cybertemp_schema")));
        foreach (var source in sources)
        {
            await source.DisposeAsync();
        }
    }

    [Fact]
    public async Task Refuses_a_newer_schema()
    {
        await using var source = NpgsqlDataSource.Create(await servers.Postgres.CreateDatabaseAsync());
        await Migrator(source).MigrateAsync(CancellationToken.None);
        await source.ExecuteAsync("insert into cybertemp_schema (version) values (999)");

        var refusal = await Assert.ThrowsAsync<SchemaTooNewException>(
            () => Migrator(source).MigrateAsync(CancellationToken.None));

        Assert.Contains("999", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Makes_today_and_the_seven_days_ahead()
    {
        await using var source = NpgsqlDataSource.Create(await servers.Postgres.CreateDatabaseAsync());
        await Migrator(source).MigrateAsync(CancellationToken.None);

        Assert.Equal(8L, await source.ScalarAsync<long>(
            "select count(*) from pg_inherits where inhparent = 'emails'::regclass"));
        Assert.True(await source.ScalarAsync<bool>(
            "select to_regclass('emails_' || to_char(now() at time zone 'UTC', 'YYYYMMDD')) is not null"));
    }

    [Fact]
    public async Task Announces_every_change_of_the_filters()
    {
        await using var source = NpgsqlDataSource.Create(await servers.Postgres.CreateDatabaseAsync());
        await Migrator(source).MigrateAsync(CancellationToken.None);
        await using var connection = await source.OpenConnectionAsync();
        var announced = new List<string>();
        connection.Notification += (_, e) => announced.Add($"{e.Channel} {e.Payload}");
        await using (var listen = new NpgsqlCommand("listen cybertemp_filters", connection))
        {
            await listen.ExecuteNonQueryAsync();
        }

        foreach (var change in (string[])
            ["insert into domains (domain) values ('a.example')", "update domains set domain = "
                + "'b.example'", "delete from domains", "truncate domains",
             "insert into bans (scope, value) values ('email', 'x')", "update bans set status = 'off'",
             "delete from bans", "truncate bans", "insert into blocked_addresses (address) values ('a@b.example')",
             "insert into domain_prefixes (domain, prefix) values ('b.example', 'x')"])
        {
            await source.ExecuteAsync(change);
            await connection.WaitAsync(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(
            [
                .. Enumerable.Repeat("cybertemp_filters domains", 4), .. Enumerable.Repeat("cybertemp_filters bans", 4),
                "cybertemp_filters blocked_addresses", "cybertemp_filters domain_prefixes",
            ],
            announced);
    }

    private static SchemaMigrator Migrator(NpgsqlDataSource source) => new(source, NullLogger<SchemaMigrator>.Instance);
}
