using Cybertemp.ServiceDefaults;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Cybertemp.SmtpReceiver.Heartbeat;

/// <summary>
/// Tells a monitor that this receiver works: asks its URL at an interval, exactly when <c>/health</c> answers 200.
/// </summary>
internal sealed partial class HeartbeatSender : BackgroundService
{
    private readonly HeartbeatOptions _options;
    private readonly HealthCheckService _health;
    private readonly HttpClient _client;
    private readonly TimeProvider _time;
    private readonly HeartbeatMetrics _metrics;
    private readonly ILogger<HeartbeatSender> _logger;
    private bool _failing;

    public HeartbeatSender(
        IOptions<HeartbeatOptions> options, HealthCheckService health, TimeProvider time, HeartbeatMetrics metrics,
        ILogger<HeartbeatSender> logger)
    {
        (_options, _health, _time, _metrics, _logger) = (options.Value, health, time, metrics, logger);
        _client = new HttpClient { Timeout = _options.Timeout, MaxResponseContentBufferSize = 64 * 1024 };
    }

    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_options.Url is not { } url)
        {
            return;
        }

        using var timer = new PeriodicTimer(_options.Interval, _time);
        do
        {
            if ((await _health.CheckHealthAsync(stoppingToken)).Status is not HealthStatus.Unhealthy)
            {
                await PingAsync(url, stoppingToken);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task PingAsync(Uri url, CancellationToken ct)
    {
        try
        {
            using var request = SecretUrl.Get(url);
            using var response = await _client.SendAsync(request, ct);
            response.EnsureSuccessStatusCode();
            _metrics.Answered();
            _failing = false;
        }
        catch (Exception ex) when (ex is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            _metrics.Failed(ex);
            if (!_failing)
            {
                // Without the exception: its message may hold the URL, and the URL is the monitor's secret.
                LogPingFailed(ex.GetType().Name);
            }

            _failing = true;
        }
    }

    [LoggerMessage(
        LogLevel.Warning, "The heartbeat cannot be sent ({ErrorType}); it is tried again at the next interval")]
    private partial void LogPingFailed(string errorType);
}
