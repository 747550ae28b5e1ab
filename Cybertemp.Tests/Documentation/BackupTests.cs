using System.Globalization;
using Cybertemp.Tests.Commit;
using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Support;
using Npgsql;

namespace Cybertemp.Tests.Documentation;

/// <summary>What docs/operations.md says of backups, done.</summary>
public sealed class BackupTests(Servers servers)
{
    private const string Page = "operations.md";

    private const string Kept = """
        insert into domains (domain) values ('t.example');
        insert into bans (scope, value) values ('domain', 'spam.example');
        insert into blocked_addresses (address) values ('no@t.example');
        insert into domain_prefixes (domain, prefix) values ('t.example', 'x');
        insert into private_email (email) values ('private@t.example');
        insert into inbox_lease (address, expires_at) values ('lease@t.example', now());
        insert into inbox_hold (address) values ('held@t.example');
        insert into held_emails select * from private_emails;
        insert into webhooks (url, scope, secret) values ('https://hooks.example/', 't.example', 'secret')
        """;

    private static readonly string[] Tables =
    [
        "domains", "bans", "blocked_addresses", "domain_prefixes", "private_email", "private_emails", "inbox_lease",
        "inbox_hold", "held_emails", "webhooks",
    ];

    [Fact]
    public async Task What_does_not_expire_is_dumped_and_restored_as_the_page_says()
    {
        var source = await servers.Postgres.CreateDatabaseAsync();
        var target = await servers.Postgres.CreateDatabaseAsync();
        await using (var storage = await StorageHost.StartAsync(source))
        {
            await storage.WriteAsync(Messages.Of([new("postmaster@t.example", IsReserved: true)]));
            await storage.DataSource.ExecuteAsync(Kept);
        }

        await using var migrated = await StorageHost.StartAsync(target);
        var directory = Directory.CreateTempSubdirectory("cybertemp-backup-").FullName;
        try
        {
            await RunAsync(PageExamples.Find("backup", Page), source, directory);
            await RunAsync(PageExamples.Find("restore", Page), target, directory);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }

        foreach (var table in Tables)
        {
            Assert.Equal(1L, await migrated.DataSource.ScalarAsync<long>($"select count(*) from {table}"));
        }

        Assert.Equal(0L, await migrated.DataSource.ScalarAsync<long>("select count(*) from webhook_outbox"));
        Assert.Equal("O", await migrated.DataSource.ScalarAsync<string>(
            "select tgenabled::text from pg_trigger where tgname = 'emails_outbox' and tgrelid = 'emails'::regclass"));
    }

    [Fact]
    public async Task A_base_backup_and_the_archived_log_bring_back_every_row()
    {
        var archive = Directory.CreateTempSubdirectory("cybertemp-archive-").FullName;
        await ChildProcess.RunAsync(null, "chown", "postgres", archive);
        await using var server = await PostgresServer.StartAsync(
            "archive_mode=on", $"archive_command=cp %p {archive}/%f");
        var database = await server.CreateDatabaseAsync();
        await using var storage = await StorageHost.StartAsync(database);
        await WriteAsync(storage, 20);

        await using var copy = await PostgresServer.CopyAsync(server, $"restore_command=cp {archive}/%f %p");
        await WriteAsync(storage, 20);
        var segment = await storage.DataSource.ScalarAsync<string>("select pg_walfile_name(pg_switch_wal())");
        await Eventually.TrueAsync(() => File.Exists(Path.Combine(archive, segment)));
        await server.StopAsync("KILL");
        await File.WriteAllTextAsync(Path.Combine(copy.DataDirectory, "recovery.signal"), "");
        await copy.RestartAsync();

        await using var restored = NpgsqlDataSource.Create(copy.ConnectionString("test_1") + ";Pooling=false");
        await Eventually.TrueAsync(async () => !await restored.ScalarAsync<bool>("select pg_is_in_recovery()"));
        Assert.Equal(40L, await restored.ScalarAsync<long>("select count(*) from emails"));
        await storage.StopAsync(new CancellationToken(canceled: true));
        Directory.Delete(archive, recursive: true);
    }

    private static async Task WriteAsync(StorageHost storage, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await storage.WriteAsync(Messages.To(string.Create(CultureInfo.InvariantCulture, $"{i}@t.example")));
        }
    }

    private static Task RunAsync(string script, string connectionString, string directory)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        return ChildProcess.RunAsync(
            null, "env", $"PGHOST={settings.Host}", $"PGPORT={settings.Port}", $"PGUSER={settings.Username}",
            $"PGDATABASE={settings.Database}", "bash", "-euc", $"cd {directory}\n{script}");
    }
}
