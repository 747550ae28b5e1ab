using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.ServiceDefaults;

/// <summary>What a shell gets from each program.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("Cybertemp.SmtpReceiver", "private add ADDRESS", "--help")]
    [InlineData("Cybertemp.SmtpReceiver", "inbox export ADDRESS", "-h")]
    [InlineData("Cybertemp.SmtpReceiver", "78  the configuration cannot be used", "retention", "--help")]
    [InlineData("Cybertemp.Sync", "explain SENDER RECIPIENT", "--help")]
    [InlineData("Cybertemp.Sync", "bans add|remove", "bans", "-h")]
    public async Task Help_names_commands_and_exit_codes(string program, string expected, params string[] arguments)
    {
        var (code, output, error) = await RunAsync(program, arguments);
        Assert.Equal(0, code);
        Assert.Empty(error);
        Assert.StartsWith($"{program} ", output, StringComparison.Ordinal);
        Assert.Contains("usage: ", output, StringComparison.Ordinal);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Cybertemp.SmtpReceiver")]
    [InlineData("Cybertemp.Sync")]
    public async Task An_unknown_command_is_one_line_and_64(string program)
    {
        var (code, output, error) = await RunAsync(program, "typo", "box@temp.example");
        Assert.Equal(64, code);
        Assert.Empty(output);
        Assert.Equal("unknown command 'typo': --help lists them\n", error);
    }

    [Theory]
    [InlineData("Cybertemp.SmtpReceiver", "--Heartbeat:Interval=never")]
    [InlineData("Cybertemp.Sync", "Filters:PollInterval=never")]
    public async Task Settings_are_no_commands(string program, string setting)
    {
        var (code, _, error) = await RunAsync(program, setting);
        Assert.Equal(78, code);
        Assert.StartsWith("configuration: ", error, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string program, params string[] arguments)
    {
        using var process = await ChildProcess.StartAsync(null, "KILL", ServiceProcess.Executable(program), arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
