using System.Net.Sockets;
using System.Reflection;
using Cybertemp.ServiceDefaults.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cybertemp.ServiceDefaults;

/// <summary>The life of a service's process, from its arguments to its exit code.</summary>
public static partial class ServiceProgram
{
    /// <summary>The first argument is a word (EX_USAGE of sysexits.h).</summary>
    private const int UsageExitCode = 64;

    /// <summary>The configuration cannot be used (EX_CONFIG of sysexits.h): a restart does not help.</summary>
    private const int ConfigurationExitCode = 78;

    /// <summary>An address to listen on is taken or not ours (EX_UNAVAILABLE of sysexits.h).</summary>
    private const int UnavailableExitCode = 69;

    /// <summary>A part of the service failed (EX_SOFTWARE of sysexits.h).</summary>
    private const int FailureExitCode = 70;

    /// <summary>Builds the service and runs it until it is asked to stop.</summary>
    /// <param name="help">What <c>--help</c> says.</param>
    /// <param name="configure">Adds the service's registrations.</param>
    /// <param name="map">Adds what the service answers beside its health pages.</param>
    /// <returns>
    /// The exit code: 0 after an orderly stop, 64 for a word in place of a setting, 69 when it cannot listen, 70 when a
    /// background service failed, 78 when the configuration cannot be used, or what the service set.
    /// </returns>
    public static async Task<int> RunAsync(
        string[] args, string help, Action<WebApplicationBuilder> configure, Action<WebApplication>? map = null)
    {
        if (args is ["--version"] or [.., "--help" or "-h"])
        {
            Console.WriteLine(args is ["--version"] ? Version : $"{Version}\n{help}");
            return 0;
        }

        if (IsCommand(args))
        {
            await Console.Error.WriteLineAsync(
                $"'{args[0]}' is no setting: the service has no commands, those of operators are in cybertemp --help");
            return UsageExitCode;
        }

        var builder = WebApplication.CreateBuilder(args);
        try
        {
            builder.Configuration.AddBaseline();
            HttpAddresses.Validate(builder.Configuration);
            UnknownKeys.Refuse(builder.Configuration, Assembly.GetEntryAssembly()!);
            return await ServeAsync(builder, configure, map);
        }
        catch (Exception ex) when (ConfigurationFailure.Describe(ex, builder.Configuration) is { Count: > 0 } lines)
        {
            foreach (var line in lines)
            {
                await Console.Error.WriteLineAsync($"configuration: {line}");
            }

            return ConfigurationExitCode;
        }
        catch (IOException ex) when (ex.InnerException is SocketException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync(ex.Message);
            return UnavailableExitCode;
        }
    }

    private static async Task<int> ServeAsync(
        WebApplicationBuilder builder, Action<WebApplicationBuilder> configure, Action<WebApplication>? map)
    {
        builder.AddServiceDefaults();
        configure(builder);
        await using var app = builder.Build();
        map?.Invoke(app);
        app.MapDefaultEndpoints();
        LogVersion(
            app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(app.Environment.ApplicationName), Version);
        var hasFailed = false;

        // The host stops for a background service that failed as it does for a signal; only then has one ended by now.
        app.Lifetime.ApplicationStopping.Register(
            () => hasFailed = app.Services.GetServices<IHostedService>().Any(HasFailed));
        await RunAsync(app);
        return hasFailed ? FailureExitCode : Environment.ExitCode;
    }

    /// <summary>
    /// As the host's own, but what was started before an address turned out to be taken is stopped too: it would go on
    /// with what is disposed.
    /// </summary>
    private static async Task RunAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // The start was not over yet: who asked for the stop has said why.
            return;
        }
        catch (IOException)
        {
            await app.StopAsync();
            throw;
        }

        await app.WaitForShutdownAsync();
    }

    private static bool HasFailed(IHostedService service) =>
        service is BackgroundService { ExecuteTask: { IsFaulted: true } or { IsCanceled: true } };

    /// <summary>A word in the first place is meant for a command; options and settings are the service's.</summary>
    private static bool IsCommand(string[] args) =>
        args is [[not ('-' or '/'), ..] word, ..] && !word.Contains('=', StringComparison.Ordinal);

    private static string Version { get; } = Describe(Assembly.GetEntryAssembly()!);

    private static string Describe(Assembly program) =>
        $"{program.GetName().Name} "
            + $"{program.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion}";

    [LoggerMessage(LogLevel.Information, "{Version}")]
    private static partial void LogVersion(ILogger logger, string version);
}
