using System.Text.RegularExpressions;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.AppHost;

/// <summary>The AppHost as its user runs it: a process with data that stays, stopped in every way there is.</summary>
public sealed partial class LocalStackTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(120);

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("stack-");

    public LocalStackTests()
    {
        // The servers' own accounts have to get through.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                _home.FullName,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }
    }

    public void Dispose() => _home.Delete(recursive: true);

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Stops_everything_and_exits_with_0(string signal)
    {
        using var timeout = new CancellationTokenSource(Timeout);
        await using var host = await StartAsync(timeout.Token);
        Assert.NotEmpty(ProcessTable.WithCommandLine(_home.FullName));
        await host.SignalAsync(signal);
        Assert.Equal(0, await host.WaitForExitAsync(timeout.Token));
        Assert.Empty(ProcessTable.WithCommandLine(_home.FullName));
        Assert.Matches(@"postgres +\| Exited with code 0\.", host.Output);
    }

    [Fact]
    public async Task Leaves_nothing_after_a_kill_and_finds_its_data_again()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        await using (var host = await StartAsync(timeout.Token))
        {
            await PsqlAsync(host, "create table kept (n int); insert into kept values (42)");
            await AssertNothingIsLeftAfterKillAsync(host, timeout.Token);
            Assert.Empty(ProcessTable.WithCommandLine(_home.FullName));
        }

        // The password is lost, the data is not.
        Directory.Delete(Path.Combine(_home.FullName, ".microsoft"), recursive: true);
        await using var again = await StartAsync(timeout.Token);
        Assert.Equal("42", await PsqlAsync(again, "select n from kept"));
    }

    [Fact]
    public async Task A_Redis_that_cannot_save_does_not_outlive_a_kill()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        await using var host = await StartAsync(timeout.Token);
        Directory.Delete(Path.Combine(_home.FullName, "aspire", "volumes", "cybertemp-redis"), recursive: true);
        await AssertNothingIsLeftAfterKillAsync(host, timeout.Token);
    }

    [Fact]
    public async Task A_second_AppHost_on_the_same_data_says_so()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        await using var host = await StartAsync(timeout.Token);
        await using var second = await StartAsync(timeout.Token, "The volume 'cybertemp-postgres'");
        Assert.Contains("is in use by another AppHost.", second.Output, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"psql -h (?<host>\S+) -p (?<port>\d+) -U postgres cybertemp", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PsqlLine { get; }

    private static async Task AssertNothingIsLeftAfterKillAsync(AppHostProcess host, CancellationToken ct)
    {
        var children = ProcessTable.ChildrenOf(host.Id);
        Assert.NotEmpty(children);
        await host.SignalAsync("KILL");
        await host.WaitForExitAsync(ct);
        await Task.Delay(TimeSpan.FromSeconds(5), ct);
        Assert.All(children, id => Assert.False(ProcessTable.IsAlive(id)));
    }

    /// <summary>The very line that the AppHost shows.</summary>
    private static async Task<string> PsqlAsync(AppHostProcess host, string sql)
    {
        var line = PsqlLine.Match(host.Output);
        using var psql = await ChildProcess.StartAsync(
            null, "KILL", "psql", "-h", line.Groups["host"].Value, "-p", line.Groups["port"].Value, "-U", "postgres", "-At", "-c", sql, "cybertemp");
        var output = await psql.StandardOutput.ReadToEndAsync();
        await psql.WaitForExitAsync();
        Assert.True(psql.ExitCode == 0, await psql.StandardError.ReadToEndAsync());
        return output.Trim();
    }

    private async Task<AppHostProcess> StartAsync(CancellationToken ct, string until = "psql -h ")
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["HOME"] = _home.FullName,
            ["XDG_DATA_HOME"] = _home.FullName,
            ["DOTNET_ENVIRONMENT"] = "Development",
        };
        var host = await AppHostProcess.StartAsync(environment, "DcpPublisher:RandomizePorts=true");
        await host.WaitForLineAsync(until, ct);
        return host;
    }
}
