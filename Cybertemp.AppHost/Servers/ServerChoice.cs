using Cybertemp.AppHost.Servers.Postgres;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cybertemp.AppHost.Servers;

/// <summary>Containers or processes: what <see cref="ServerMode.Auto"/> means here and now.</summary>
internal static partial class ServerChoice
{
    /// <summary>Never Auto. The choice and its reason are among the first lines of the log.</summary>
    /// <exception cref="DistributedApplicationException">This machine can run neither.</exception>
    public static async Task<ServerMode> ChooseServersAsync(
        this IDistributedApplicationBuilder builder, ServerMode wanted)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            return wanted is ServerMode.External ? wanted : ServerMode.Containers;
        }

        var (mode, reason) = wanted is ServerMode.Auto ? await DetectAsync() : (wanted, "as Cybertemp:Servers says");
        builder.Eventing.Subscribe<BeforeStartEvent>((start, _) =>
        {
            var loggers = start.Services.GetRequiredService<ILoggerFactory>();
            LogChoice(loggers.CreateLogger(StackOptions.Section), mode, reason);
            return Task.CompletedTask;
        });
        return mode;
    }

    /// <summary>When a person runs the stack; tests let the orchestrator choose every port.</summary>
    /// <exception cref="DistributedApplicationException">Somebody else listens there.</exception>
    public static void RequireFreePort(this IDistributedApplicationBuilder builder, int port)
    {
        var isRandom = builder.Configuration.GetValue("DcpPublisher:RandomizePorts", false);
        if (builder.ExecutionContext.IsRunMode && !isRandom && !FreePort.IsFree(port))
        {
            throw new DistributedApplicationException(
                $"Port {port} is taken (ss -ltnp 'sport = :{port}' shows by whom). "
                + "Choose another one for mail: --Cybertemp:SmtpPort=2526");
        }
    }

    private static async Task<(ServerMode Mode, string Reason)> DetectAsync()
    {
        if (await ContainerRuntime.FindAsync() is { } runtime)
        {
            return (ServerMode.Containers, $"{runtime} answers");
        }

        return OperatingSystem.IsLinux() && PostgresBinaries.AreInstalled && RedisProcess.FindBinary() is not null
            ? (ServerMode.Processes, "no container runtime answers, and the binaries of both are installed")
            : throw new DistributedApplicationException(
                "PostgreSQL and Redis are needed: start a container runtime (docker or podman), or install both on "
                + "this machine (Debian and Ubuntu: apt-get install postgresql redis-server).");
    }

    [LoggerMessage(LogLevel.Information, "Servers: {Mode} ({Reason})")]
    private static partial void LogChoice(ILogger logger, ServerMode mode, string reason);
}
