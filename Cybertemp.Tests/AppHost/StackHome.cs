namespace Cybertemp.Tests.AppHost;

/// <summary>
/// A user of their own: secrets, data and, found by it, processes. Ports are the orchestrator's choice.
/// </summary>
internal sealed class StackHome : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("stack-");

    public StackHome()
    {
        // The servers' own accounts have to get through.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                Path,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }
    }

    public string Path => _directory.FullName;

    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["HOME"] = Path,
        ["XDG_DATA_HOME"] = Path,
        ["NUGET_PACKAGES"] = AppHostProcess.Packages,
        ["DOTNET_ENVIRONMENT"] = "Development",
        ["DcpPublisher__RandomizePorts"] = "true",
        ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
        ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
        ["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] = "http://127.0.0.1:0",
        ["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = "http://127.0.0.1:0",
    };

    /// <summary>The command lines of all that the user's stacks run.</summary>
    public List<string> Processes() => ProcessTable.WithEnvironment($"XDG_DATA_HOME={Path}");

    /// <summary>Starts the stack and completes when mail is accepted.</summary>
    public async Task<AppHostProcess> StartAsync(CancellationToken ct)
    {
        var host = await AppHostProcess.StartAsync(Environment, "--Cybertemp:Servers=Processes");
        await host.WaitForLineAsync("Read it, with", ct);
        return host;
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
