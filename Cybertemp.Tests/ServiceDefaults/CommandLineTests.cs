using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.ServiceDefaults;

/// <summary>What a shell gets from each program.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("Cybertemp.SmtpReceiver", "78  the configuration cannot be used", "--help")]
    [InlineData("Cybertemp.SmtpReceiver", "cybertemp --help", "-h")]
    [InlineData("Cybertemp.Sync", "69  the HTTP address cannot be listened on", "--help")]
    [InlineData("Cybertemp.Web", "Shows received mail", "--help")]
    public async Task Help_names_exit_codes_and_the_program_of_operators(
        string program, string expected, params string[] arguments)
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
    [InlineData("Cybertemp.Web")]
    public async Task A_command_is_one_line_and_64(string program)
    {
        var (code, output, error) = await RunAsync(program, "private", "list");
        Assert.Equal(64, code);
        Assert.Empty(output);
        Assert.Equal(
            "'private' is no setting: the service has no commands, those of operators are in cybertemp --help\n",
            error);
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

    [Theory]
    [InlineData(
        "Cybertemp.SmtpReceiver", "--Storage:Retension=1",
        "Storage:Retension is not known: the nearest key is Storage:Retention.")]
    [InlineData(
        "Cybertemp.Sync", "--Filters:PolInterval=1",
        "Filters:PolInterval is not known: the nearest key is Filters:PollInterval.")]
    [InlineData(
        "Cybertemp.SmtpReceiver", "--Storage:MaxPoolSize=6",
        "Storage:MaxPoolSize is '6': must be at least Storage:Writers + 5.")]
    [InlineData(
        "Cybertemp.SmtpReceiver", "--ConnectionStrings:cybertemp=Host=db;Maximum Pool Size=2",
        "Maximum Pool Size of ConnectionStrings:cybertemp is '2': must be at least Storage:Writers + 5.")]
    [InlineData(
        "Cybertemp.SmtpReceiver", "--ConnectionStrings:cybertemp=secret",
        "ConnectionStrings:cybertemp is set, but not valid: allowed is an Npgsql connection string, "
            + "Host=...;Username=...;Database=...")]
    [InlineData(
        "Cybertemp.SmtpReceiver", "--Heartbeat:Url=hc-ping.com/secret",
        "Heartbeat:Url is set, but not valid: must be an absolute URL, http:// or https://.")]
    public async Task A_setting_that_cannot_be_used_is_one_line_and_78(string program, string setting, string line)
    {
        var (code, _, error) = await RunAsync(
            program, "--urls=http://127.0.0.1:0", "--ConnectionStrings:cybertemp=Host=127.0.0.1;Port=1",
            "--ConnectionStrings:redis=127.0.0.1:1", "--Storage:Writers=3",
            setting);
        Assert.Equal($"configuration: {line}\n", error);
        Assert.Equal(78, code);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(
        string program, params string[] arguments)
    {
        using var process = await ChildProcess.StartAsync(null, "KILL", ServiceProcess.Executable(program), arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
