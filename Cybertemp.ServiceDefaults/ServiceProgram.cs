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
    /// <summary>The configuration cannot be used (EX_CONFIG of sysexits.h): a restart does not help.</summary>
    private const int ConfigurationExitCode = 78;

    /// <summary>Builds the service and runs it until it is asked to stop.</summary>
    /// <param name="configure">Adds the service's registrations.</param>
    /// <returns>The exit code: 0 after an orderly stop, 78 when the configuration cannot be used.</returns>
    public static async Task<int> RunAsync(string[] args, Action<WebApplicationBuilder> configure)
    {
        if (args is ["--version"])
        {
            Console.WriteLine(Version);
            return 0;
        }

        var builder = WebApplication.CreateBuilder(args);
        try
        {
            builder.AddBaselineConfiguration();
            builder.AddServiceDefaults();
            configure(builder);
            await using var app = builder.Build();
            app.MapDefaultEndpoints();
            LogVersion(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(app.Environment.ApplicationName), Version);
            await app.RunAsync();
            return 0;
        }
        catch (Exception ex) when (ConfigurationFailure.Describe(ex, builder.Configuration) is { Count: > 0 } lines)
        {
            foreach (var line in lines)
            {
                await Console.Error.WriteLineAsync($"configuration: {line}");
            }

            return ConfigurationExitCode;
        }
    }

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
