using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Cybertemp.Tests.Cli;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.AppHost;

/// <summary>The AppHost as its user runs it: a process with data that stays, stopped in every way there is.</summary>
public sealed partial class LocalStackTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(300);

    private readonly StackHome _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Stops_everything_and_exits_with_0(string signal)
    {
        using var timeout = new CancellationTokenSource(Timeout);
        await using var host = await _home.StartAsync(timeout.Token);
        Assert.NotEmpty(_home.Processes());
        await host.SignalAsync(signal);
        Assert.Equal(0, await host.WaitForExitAsync(timeout.Token));
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Leaves_nothing_after_a_kill_and_finds_its_data_again()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        await using (var host = await _home.StartAsync(timeout.Token))
        {
            await PsqlAsync(host, "create table kept (n int); insert into kept values (42)");

            // A Redis that cannot save must not live on.
            Directory.Delete(Path.Combine(_home.Path, "aspire", "volumes", "cybertemp-redis"), recursive: true);
            await host.SignalAsync("KILL");
            await host.WaitForExitAsync(timeout.Token);
            await AssertNothingIsLeftAsync();
        }

        // The password is lost, the data is not.
        Directory.Delete(Path.Combine(_home.Path, ".microsoft"), recursive: true);
        await using var again = await _home.StartAsync(timeout.Token);
        Assert.Equal("42", await PsqlAsync(again, "select n from kept"));
        await AssertASecondOneSaysWhyNotAsync(timeout.Token);
    }

    [Fact]
    public async Task Operators_commands_find_the_stack_while_it_runs()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        var file = Path.Combine(_home.Path, "aspire", "volumes", "cybertemp.json");
        string left;
        await using (var host = await _home.StartAsync(timeout.Token))
        {
            await Eventually.TrueAsync(() => File.Exists(file));
            Assert.True(OperatingSystem.IsWindows()
                || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
            Assert.Equal("cybertemp.localhost", (await CliAsync("domains", "list")).Output.Split('\n')[1]);
            var sent = await UntilDoneAsync("send", "box@cybertemp.localhost");
            Assert.StartsWith("250 2.0.0 ", sent.Output, StringComparison.Ordinal);
            var export = await CliAsync("inbox", "export", "box@cybertemp.localhost");
            Assert.StartsWith("From cybertemp@example.org ", export.Output, StringComparison.Ordinal);
            await UntilDoneAsync("doctor");

            left = await File.ReadAllTextAsync(file);
            await host.SignalAsync("INT");
            Assert.Equal(0, await host.WaitForExitAsync(timeout.Token));
            Assert.False(File.Exists(file));
        }

        // As a killed one would have left it: its process is gone.
        await File.WriteAllTextAsync(file, left);
        Assert.Equal(78, (await CliAsync("domains", "list")).ExitCode);
    }

    [Theory]
    [InlineData("--Cybertemp:Replicas=many", "Cybertemp:Replicas is 'many'. Allowed are 1 to 32.")]
    [InlineData("--Cybertemp:Replicas=0", "Cybertemp:Replicas is '0'. Allowed are 1 to 32.")]
    [InlineData(
        "--Cybertemp:Servers=5", "Cybertemp:Servers is '5'. Allowed are Auto, Containers, Processes, External.")]
    [InlineData("--Cybertemp:EphemeralData=yes", "Cybertemp:EphemeralData is 'yes'. Allowed are true, false.")]
    [InlineData("--Cybertemp:Replica=2", "Cybertemp:Replica is no setting. There are Servers, Replicas, SmtpPort, "
        + "EphemeralData, UseSupabase, ExternalSmtp, OperatorKey.")]
    public async Task A_setting_that_cannot_be_used_is_one_line(string argument, string line)
    {
        using var timeout = new CancellationTokenSource(Timeout);
        await using var host = await AppHostProcess.StartAsync(_home.Environment, argument);
        Assert.Equal(78, await host.WaitForExitAsync(timeout.Token));
        Assert.Equal(line, host.Output);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_one_line()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using var host = await AppHostProcess.StartAsync(
            _home.Environment, "--Cybertemp:Servers=External", $"--Cybertemp:SmtpPort={port}",
            "--DcpPublisher:RandomizePorts=false");
        Assert.Equal(78, await host.WaitForExitAsync(timeout.Token));
        Assert.StartsWith($"Port {port} is taken", host.Output, StringComparison.Ordinal);
    }

    [LongFact]
    public async Task A_container_runtime_that_fetches_no_image_is_told_of()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        var programs = Directory.CreateDirectory(Path.Combine(_home.Path, "bin"));
        var docker = Path.Combine(programs.FullName, "docker");
        await File.WriteAllTextAsync(docker, """
            #!/bin/sh
            case "$*" in
                container*) ;;
                *) exec sleep 120 ;;
            esac
            """);
        await ChildProcess.RunAsync(null, "chmod", "+x", docker);
        var environment = new Dictionary<string, string>(_home.Environment, StringComparer.Ordinal)
        {
            ["PATH"] = $"{programs.FullName}:{Environment.GetEnvironmentVariable("PATH")}",
            ["ASPIRE_CONTAINER_RUNTIME"] = "docker",
        };
        await using var host = await AppHostProcess.StartAsync(environment);
        Assert.Contains(
            "its image docker.io/library/postgres:",
            await host.WaitForLineAsync("The container of postgres does not run yet", timeout.Token),
            StringComparison.Ordinal);
        await host.WaitForLineAsync("--Cybertemp:Servers=Processes", timeout.Token);
    }

    [GeneratedRegex(
        @"psql -h (?<host>\S+) -p (?<port>\d+) -U postgres cybertemp", RegexOptions.None,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex PsqlLine { get; }

    /// <summary>A stack that has just started may say for a while that something is still to come.</summary>
    private async Task<CliProcess> UntilDoneAsync(params string[] arguments)
    {
        var said = "";
        for (var attempt = 0; attempt < 10; attempt++)
        {
            var command = await CliAsync(arguments);
            if (command.ExitCode == 0)
            {
                return command;
            }

            said = command.Output + command.Error;
        }

        throw new InvalidOperationException(said);
    }

    private Task<CliProcess> CliAsync(params string[] arguments) =>
        CliProcess.RunAsync(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["XDG_DATA_HOME"] = _home.Path }, "", arguments);

    private async Task AssertASecondOneSaysWhyNotAsync(CancellationToken ct)
    {
        await using var second = await AppHostProcess.StartAsync(_home.Environment, "--Cybertemp:Servers=Processes");
        Assert.Equal(78, await second.WaitForExitAsync(ct));
        Assert.Matches("^The volume 'cybertemp-postgres' .* is in use by another AppHost", second.Output);
    }

    /// <summary>The orchestrator looks after its parent, and stops what it has started once that is gone.</summary>
    private Task AssertNothingIsLeftAsync() => Eventually.TrueAsync(() => _home.Processes().Count == 0);

    /// <summary>The very line that the AppHost shows.</summary>
    private static async Task<string> PsqlAsync(AppHostProcess host, string sql)
    {
        var line = PsqlLine.Match(host.Output);
        using var psql = await ChildProcess.StartAsync(
            null, "KILL", "psql", "-h", line.Groups["host"].Value, "-p", line.Groups["port"].Value, "-U", "postgres",
            "-At", "-c", sql, "cybertemp");
        var output = await psql.StandardOutput.ReadToEndAsync();
        await psql.WaitForExitAsync();
        Assert.True(psql.ExitCode == 0, await psql.StandardError.ReadToEndAsync());
        return output.Trim();
    }
}
