using Cybertemp.Mail.Schema;
using Cybertemp.SmtpReceiver.Commit;
using Cybertemp.Tests.Commit;
using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Cybertemp.Tests.Mail.Schema;

public sealed class SchemaPageTests(Servers servers)
{
    private const string Begin = "<!-- schema: written by SchemaPageTests -->\n";
    private const string End = "<!-- /schema -->";

    private static readonly string Migrations = Path.Combine(Repository.Root, "Cybertemp.Mail", "Schema", "Migrations");

    [Fact]
    public async Task The_page_says_what_the_database_has()
    {
        var file = Path.Combine(Repository.Root, "docs", "schema.md");
        var page = await File.ReadAllTextAsync(file);
        await using var source = NpgsqlDataSource.Create(await servers.Postgres.CreateDatabaseAsync());
        await new SchemaMigrator(source, NullLogger<SchemaMigrator>.Instance).MigrateAsync(CancellationToken.None);

        var (before, after) = (
            page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, page.IndexOf(End, StringComparison.Ordinal));
        var expected = page[..before] + await SchemaPage.ReadAsync(source) + page[after..];
        if (Environment.GetEnvironmentVariable("CYBERTEMP_WRITE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(file, expected);
        }

        Assert.Equal(expected, await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task Psql_makes_the_same_schema_from_the_same_files()
    {
        var byPsql = await servers.Postgres.CreateDatabaseAsync();
        foreach (var file in Files())
        {
            await PsqlAsync(byPsql, file);
        }

        await using var psql = NpgsqlDataSource.Create(byPsql);
        await using var program = NpgsqlDataSource.Create(await servers.Postgres.CreateDatabaseAsync());
        await new SchemaMigrator(program, NullLogger<SchemaMigrator>.Instance).MigrateAsync(CancellationToken.None);

        Assert.Equal(await SchemaPage.ReadAsync(program), await SchemaPage.ReadAsync(psql));
        const string Partitions =
            "select string_agg(relname, ' ' order by relname) from pg_class where relispartition and relkind = 'r'";
        Assert.Equal(await program.ScalarAsync<string>(Partitions), await psql.ScalarAsync<string>(Partitions));
        await new SchemaMigrator(psql, NullLogger<SchemaMigrator>.Instance).MigrateAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Every_earlier_version_can_be_brought_up_to_date()
    {
        await using var fresh = NpgsqlDataSource.Create(await servers.Postgres.CreateDatabaseAsync());
        await new SchemaMigrator(fresh, NullLogger<SchemaMigrator>.Instance).MigrateAsync(CancellationToken.None);
        var expected = await SchemaPage.ReadAsync(fresh);
        for (var version = 1; version < SchemaMigrator.KnownVersion; version++)
        {
            var connectionString = await servers.Postgres.CreateDatabaseAsync();
            foreach (var file in Files().Take(version))
            {
                await PsqlAsync(connectionString, file);
            }

            await using var storage = await StorageHost.StartAsync(connectionString);
            Assert.Equal(expected, await SchemaPage.ReadAsync(storage.DataSource));
            Assert.Equal(WriteOutcome.Committed, await storage.WriteAsync(Messages.To("a@t")));
        }
    }

    [Fact]
    public async Task A_file_applied_twice_is_refused_and_changes_nothing()
    {
        var connectionString = await servers.Postgres.CreateDatabaseAsync();
        await PsqlAsync(connectionString, Files().First());

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            () => PsqlAsync(connectionString, Files().First()));

        Assert.Contains("already applied", refusal.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Files() => Directory.GetFiles(Migrations, "*.sql").Order(StringComparer.Ordinal);

    private static Task PsqlAsync(string connectionString, string file)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        return ChildProcess.RunAsync(
            null, "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", settings.Host!, "-p", $"{settings.Port}", "-U",
            settings.Username!, "-d", settings.Database!, "-f", file);
    }
}
