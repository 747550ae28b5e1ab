using System.Net.Sockets;
using System.Reflection;
using Cybertemp.ServiceDefaults.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cybertemp.ServiceDefaults;

/// <summary>The life of a service's process, from its arguments to its exit code.</summary>
public static partial class ServiceProgram
{
    /// <summary>The first argument is no command (EX_USAGE of sysexits.h).</summary>
    private const int UsageExitCode = 64;

    /// <summary>The configuration cannot be used (EX_CONFIG of sysexits.h): a restart does not help.</summary>
    private const int ConfigurationExitCode = 78;

    /// <summary>An address to listen on is taken or not ours (EX_UNAVAILABLE of sysexits.h).</summary>
    private const int UnavailableExitCode = 69;

    /// <summary>Builds the service and runs it until it is asked to stop.</summary>
    /// <param name="help">What <c>--help</c> says.</param>
    /// <param name="configure">Adds the service's registrations.</param>
    /// <param name="tryCommand">Runs the command that the arguments name in place of the service; null when they name none.</param>
    /// <returns>
    /// The exit code: 0 after an orderly stop, 64 for an unknown command, 78 when the configuration cannot be used, 69 when
    /// it cannot listen, or what the service set.
    /// </returns>
    public static async Task<int> RunAsync(
        string[] args, string help, Action<WebApplicationBuilder> configure, Func<string[], IConfiguration, Task<int?>> tryCommand)
    {
        if (args is ["--version"] or [.., "--help" or "-h"])
        {
            Console.WriteLine(args is ["--version"] ? Version : $"{Version}\n{help}");
            return 0;
        }

        var builder = WebApplication.CreateBuilder(args);
        try
        {
            builder.AddBaselineConfiguration();
            HttpAddresses.Validate(builder.Configuration);
            return await tryCommand(args, builder.Configuration)
                ?? (IsCommand(args) ? await RefuseAsync(args[0]) : await ServeAsync(builder, configure));
        }
        catch (Exception ex) when (ConfigurationFailure.Describe(ex, builder.Configuration) is { Count: > 0 } lines)
        {
            foreach (var line in lines)
            {
                await Console.Error.WriteLineAsync($"configuration: {line}");
            }

            return ConfigurationExitCode;
        }
        catch (OperationCanceledException) when (Environment.ExitCode != 0)
        {
            // The service that would not start has said why.
            return Environment.ExitCode;
        }
        catch (IOException ex) when (ex.InnerException is SocketException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync(ex.Message);
            return UnavailableExitCode;
        }
    }

    private static async Task<int> RefuseAsync(string command)
    {
        await Console.Error.WriteLineAsync($"unknown command '{command}': --help lists them");
        return UsageExitCode;
    }

    private static async Task<int> ServeAsync(WebApplicationBuilder builder, Action<WebApplicationBuilder> configure)
    {
        builder.AddServiceDefaults();
        configure(builder);
        await using var app = builder.Build();
        app.MapDefaultEndpoints();
        LogVersion(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(app.Environment.ApplicationName), Version);
        await app.RunAsync();
        return Environment.ExitCode;
    }

    /// <summary>A word in the first place is a command, known or not; options and settings are the service's.</summary>
    private static bool IsCommand(string[] args) =>
        args is [[not ('-' or '/'), ..] word, ..] && !word.Contains('=', StringComparison.Ordinal);

    /// <summary>Name and version of the program, and which packages it was built with.</summary>
    private static string Version { get; } = Describe(Assembly.GetEntryAssembly()!);

    private static string Describe(Assembly program)
    {
        var version = program.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        var packages = program.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(static a => a.Key == "Packages")?.Value;
        return $"{program.GetName().Name} {version} (packages: {packages})";
    }

    [LoggerMessage(LogLevel.Information, "{Version}")]
    private static partial void LogVersion(ILogger logger, string version);
}
