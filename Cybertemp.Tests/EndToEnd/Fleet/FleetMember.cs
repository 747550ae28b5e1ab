using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.EndToEnd.Fleet;

/// <summary>One process of a fleet: always the same port and settings, from one version after the other.</summary>
/// <param name="project">Whose program it is.</param>
/// <param name="port">Of SMTP for a receiver, else of HTTP.</param>
/// <param name="http">Where its HTTP is.</param>
/// <param name="environment">All of its settings.</param>
internal sealed class FleetMember(string project, int port, Uri http, Dictionary<string, string> environment)
    : IAsyncDisposable
{
    public const string Receiver = "Cybertemp.SmtpReceiver";
    public const string Sync = "Cybertemp.Sync";
    public const string Web = "Cybertemp.Web";

    public int Port => port;

    public Uri Http => http;

    public ServiceProcess Process { get; private set; } = null!;

    /// <summary>Completes when it listens.</summary>
    public async Task StartAsync(ServiceBuild build)
    {
        Process = await ServiceProcess.StartProgramAsync(build.Executable(project), environment);
        await Process.WaitForLineAsync(project is Receiver ? "SMTP listens on" : "Now listening on");
    }

    /// <summary>As an operator does: SIGTERM, its end by itself, the other version.</summary>
    public async Task RestartAsync(ServiceBuild build)
    {
        await Process.SignalAsync("TERM");
        var code = await Process.WaitForExitAsync();
        Assert.True(code == 0, $"{project} ended with {code}:\n{Process.Output}");
        await Process.DisposeAsync();
        await StartAsync(build);
    }

    public ValueTask DisposeAsync() => Process?.DisposeAsync() ?? ValueTask.CompletedTask;
}
