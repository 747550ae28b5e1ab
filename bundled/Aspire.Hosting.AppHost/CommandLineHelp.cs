using System.Reflection;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>What an AppHost says when it is asked what it is instead of being run.</summary>
internal static class CommandLineHelp
{
    /// <summary>Answers <c>--help</c>, <c>-h</c> and <c>--version</c>.</summary>
    /// <returns>False when nothing of the kind was asked.</returns>
    public static bool TryWrite(string[]? args, Assembly? appHost, DistributedApplicationModel model, TextWriter output)
    {
        if (args is not ["--help" or "-h" or "--version"])
        {
            return false;
        }

        var name = appHost?.GetName().Name ?? "AppHost";
        var version = appHost?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        output.WriteLine($"{name} {version} (packages: bundled subsets)");
        if (args is not ["--version"])
        {
            output.WriteLine(Text(name, model));
        }

        return true;
    }

    private static string Text(string project, DistributedApplicationModel model) => $"""
        Runs {string.Join(", ", model.Resources.Where(static r => r is not ParameterResource).Select(static r => r.Name))} on this machine, with a dashboard.

        usage: dotnet run --project {project} [-- --Key=value ...]       until Ctrl+C
               dotnet run --project {project} -- --publisher manifest [--output-path FILE]
                                                          writes the deployment manifest instead
               dotnet run --project {project} -- --help | --version

        settings: the command line, the environment (: is written __ there), user secrets, appsettings.json
          ASPNETCORE_URLS                             where the dashboard listens
          ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL     where it takes telemetry
          ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN      the token of its login; made up and kept when not given
          ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS  true: no login
          DcpPublisher:RandomizePorts                 true: free ports, so that a second one runs beside the first
          Parameters:NAME, ConnectionStrings:NAME     values of the parameters that AppHost.cs declares
        """;
}
