using Cybertemp.Cli;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Cli;

/// <summary>What a shell gets: help, completion, exit codes, one line a failure.</summary>
public sealed class CommandTreeTests(Servers servers)
{
    private const string Nowhere = "Host=127.0.0.1;Port=1;Username=x;Database=x";

    [Theory]
    [InlineData("domains", "--help")]
    [InlineData("78 the configuration cannot be used", "-h")]
    [InlineData("<ADDRESS>", "inbox", "export", "--help")]
    [InlineData("--force", "retention", "-h")]
    public async Task Help_goes_to_the_standard_output(string expected, params string[] arguments)
    {
        var run = await CliProcess.RunAsync(arguments);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("cybertemp", run.Output, StringComparison.Ordinal);
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_is_that_of_the_product()
    {
        var run = await CliProcess.RunAsync("--version");
        Assert.Equal((0, typeof(ExitCode).Assembly.GetName().Version!.ToString(3)), (run.ExitCode, run.Output.Trim()));
    }

    [Theory]
    [InlineData]
    [InlineData("typo")]
    [InlineData("domains")]
    [InlineData("domains", "add")]
    [InlineData("domains", "add", "no domain")]
    [InlineData("bans", "add", "ip", "192.0.2.1")]
    [InlineData("bans", "add", "email", "x@y.example", "regex")]
    [InlineData("blocked", "add", "no address")]
    [InlineData("explain", "a@b.example")]
    [InlineData("private", "add", "no address")]
    [InlineData("inbox", "burn", "a@t")]
    [InlineData("inbox", "export", "u..v@t")]
    [InlineData("send", "a@t", "--attach", "/no/such/file")]
    [InlineData("send", "a@t", "--charset", "klingon")]
    [InlineData("send", "a@t", "--server", "host:port")]
    public async Task What_makes_no_command_is_64(params string[] arguments)
    {
        var run = await CliProcess.RunAsync(arguments);
        Assert.Equal((64, ""), (run.ExitCode, run.Output));
        Assert.EndsWith(
            "--help shows commands and arguments.", Assert.Single(Lines(run.Error)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("configuration: no database is configured", "domains", "list")]
    [InlineData("configuration: no Redis is configured", "explain", "a@b.example", "c@d.example")]
    [InlineData(
        "configuration: ConnectionStrings:cybertemp is set, but not valid.", "migrate", "--database",
        "Hast=x;Password=secret")]
    [InlineData("configuration: DATABASE_URL: port is '0'", "migrate", "--database", "postgresql://u:secret@h:0/d")]
    public async Task A_configuration_that_cannot_be_used_is_one_line_and_78(string expected, params string[] arguments)
    {
        var run = await CliProcess.RunAsync(arguments);
        Assert.Equal((78, ""), (run.ExitCode, run.Output));
        Assert.StartsWith(expected, Assert.Single(Lines(run.Error)), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PostgreSQL does not answer: ", "inbox", "export", "a@t", "--database", Nowhere)]
    [InlineData("Redis does not answer: ", "explain", "a@b.example", "c@d.example", "--redis", "127.0.0.1:1")]
    [InlineData("No receiver answers at 127.0.0.1:1: ", "send", "a@t", "--server", "127.0.0.1:1")]
    public async Task What_does_not_answer_is_one_line_and_69(string expected, params string[] arguments)
    {
        var run = await CliProcess.RunAsync(arguments);
        Assert.Equal((69, ""), (run.ExitCode, run.Output));
        Assert.StartsWith(expected, Assert.Single(Lines(run.Error)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_78_and_a_schema_that_is_not_there_is_1()
    {
        var empty = await servers.Postgres.CreateDatabaseAsync();
        var missing = await CliProcess.RunAsync("private", "list", "--database", empty);
        Assert.Equal(1, missing.ExitCode);
        Assert.Contains("cybertemp migrate", Assert.Single(Lines(missing.Error)), StringComparison.Ordinal);
        Assert.Equal(78, (await CliProcess.RunAsync(
            "private", "list", "--database", servers.Postgres.ConnectionString("nowhere"))).ExitCode);

        var migrated = await CliProcess.RunAsync(DotEnv($"ConnectionStrings__cybertemp='{empty}'"), "", "migrate");
        Assert.Equal((0, "the schema has version 4\n"), (migrated.ExitCode, migrated.Output));
        var retained = await CliProcess.RunAsync(
            DotEnv($"DATABASE_URL=postgresql://postgres@127.0.0.1:{servers.Postgres.Port}/{Name(empty)}"), "",
            "retention");
        Assert.Equal((0, "retention is done\n"), (retained.ExitCode, retained.Output));
    }

    [Fact]
    public async Task Completion_offers_commands_and_their_words()
    {
        Assert.Contains(
            "domains\n", (await CliProcess.RunAsync("[suggest:12]", "cybertemp do")).Output, StringComparison.Ordinal);
        Assert.Contains(
            "remove\n", (await CliProcess.RunAsync("[suggest:18]", "cybertemp domains ")).Output,
            StringComparison.Ordinal);
        var script = await CliProcess.RunAsync("completion", "bash");
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, script.Output);
        await ChildProcess.RunAsync(null, "bash", "-n", file);
        File.Delete(file);
    }

    private static Dictionary<string, string> DotEnv(string text) =>
        new(StringComparer.Ordinal) { [ServiceProcess.DotEnv] = text };

    private static string Name(string connectionString) =>
        new Npgsql.NpgsqlConnectionStringBuilder(connectionString).Database!;

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
