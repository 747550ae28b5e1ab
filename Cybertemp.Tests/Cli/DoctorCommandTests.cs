using System.Text.Json;
using Cybertemp.Mail.Filters.Mirror;
using Cybertemp.Mail.Schema;
using Cybertemp.SmtpReceiver.Smtp.Envelope;
using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Support;
using Cybertemp.Tests.Sync;

namespace Cybertemp.Tests.Cli;

public sealed class DoctorCommandTests(Servers servers)
{
    private const string Nowhere = "127.0.0.1:1";

    [Fact]
    public async Task A_sound_installation_has_no_problem()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var storage = await StorageHost.StartAsync(await servers.Postgres.CreateDatabaseAsync());
        await CliProcess.RunAsync("retention", "--database", storage.DataSource.ConnectionString);
        await storage.DataSource.ExecuteAsync("insert into domains (domain) values ('temp.example')");
        await using var sync = await SyncHost.StartAsync(redis.ConnectionString, storage.DataSource.ConnectionString);
        await using var filters = await FilterHost.StartAsync(redis.ConnectionString);
        await filters.UntilRecipientAsync("temp.example", PolicyVerdict.Accepted);

        var run = await CliProcess.RunAsync(
            "doctor", "--database", storage.DataSource.ConnectionString, "--redis", redis.ConnectionString);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.DoesNotContain("PROBLEM", run.Output, StringComparison.Ordinal);
        foreach (var line in (string[])[
            $"ok      schema: version {SchemaMigrator.KnownVersion}", "ok      fsync: on",
            "ok      Sync: one is active", $"ok      filters: version {filters.Version}: 1 domains"])
        {
            Assert.Contains(line, run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Each_problem_comes_with_what_to_do_and_the_exit_code_is_1()
    {
        await using var server = await PostgresServer.StartAsync("full_page_writes=off", "fsync=off");
        await using var redis = await RedisServer.StartAsync();
        var problems = await ProblemsAsync(
            "--database", await server.CreateDatabaseAsync(), "--redis", redis.ConnectionString, "--server", Nowhere);
        Assert.Equal("schema fsync full_page_writes filters Sync receiver", Subjects(problems));
        Assert.All(problems, static p => Assert.NotEmpty(p.Advice));
    }

    [Fact]
    public async Task What_is_not_there_does_not_keep_the_rest_from_being_looked_at()
    {
        Assert.Equal(
            "PostgreSQL Redis", Subjects(await ProblemsAsync("--database", "Host=127.0.0.1;Port=1;Username=x")));
        var database = await servers.Postgres.CreateDatabaseAsync();
        Assert.Equal("schema Redis", Subjects(await ProblemsAsync("--database", database, "--redis", Nowhere)));
    }

    [Fact]
    public async Task A_full_or_newer_database_and_a_broken_version_are_problems()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var storage = await StorageHost.StartAsync(await servers.Postgres.CreateDatabaseAsync());
        await storage.DataSource.ExecuteAsync("insert into cybertemp_schema (version) values (99)");
        await ChildProcess.RunAsync(null, "redis-cli", "-p", $"{redis.Port}", "set", MirrorContract.CurrentKey, "7");
        var environment =
            new Dictionary<string, string>(StringComparer.Ordinal) { ["Storage__MaxDatabaseBytes"] = "1000" };
        var problems = await ProblemsAsync(
            environment, "--database", storage.DataSource.ConnectionString, "--redis", redis.ConnectionString);
        Assert.Matches("^schema .*size.* filters ", Subjects(problems));
    }

    private static string Subjects(List<(string Subject, string Advice)> problems) =>
        string.Join(' ', problems.Select(static p => p.Subject));

    private static Task<List<(string Subject, string Advice)>> ProblemsAsync(params string[] arguments) =>
        ProblemsAsync(new Dictionary<string, string>(StringComparer.Ordinal), arguments);

    private static async Task<List<(string Subject, string Advice)>> ProblemsAsync(
        Dictionary<string, string> environment, params string[] arguments)
    {
        var run = await CliProcess.RunAsync(environment, "", ["doctor", "--json", .. arguments]);
        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        return
        [
            .. JsonDocument.Parse(run.Output).RootElement.EnumerateArray()
                .Where(static f => f.GetProperty("level").GetString() == "problem")
                .Select(static f => (f.GetProperty("subject").GetString()!, f.GetProperty("advice").GetString()!)),
        ];
    }
}
