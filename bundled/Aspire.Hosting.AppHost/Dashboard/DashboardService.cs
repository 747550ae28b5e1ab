using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>Starts the dashboard before the resources and ends it after them.</summary>
internal sealed partial class DashboardService(
    DashboardOptions options, RunningApplication application, ILogger<DistributedApplication> logger)
    : IHostedService, IAsyncDisposable
{
    private DashboardHost? _dashboard;

    /// <summary>The URL that opens the dashboard; null until it listens.</summary>
    public string? LoginUrl => _dashboard?.LoginUrl;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _dashboard = await DashboardHost.StartAsync(options, application, cancellationToken);
        foreach (var note in _dashboard.Notes)
        {
            LogMoved(note);
        }

        LogListening(_dashboard.Url.GetLeftPart(UriPartial.Authority));
        LogLogin(_dashboard.LoginUrl);
    }

    public Task StopAsync(CancellationToken cancellationToken) => DisposeAsync().AsTask();

    /// <summary>The variables that make a resource send its telemetry to the dashboard.</summary>
    public IEnumerable<KeyValuePair<string, string>> Environment => _dashboard?.Environment ?? [];

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _dashboard, null) is { } dashboard)
        {
            await dashboard.DisposeAsync();
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Note}")]
    private partial void LogMoved(string note);

    [LoggerMessage(LogLevel.Information, "Now listening on: {Url}")]
    private partial void LogListening(string url);

    [LoggerMessage(LogLevel.Information, "Login to the dashboard at {LoginUrl}")]
    private partial void LogLogin(string loginUrl);
}
