using Cybertemp.Sync.Sources;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cybertemp.Sync.Publishing;

/// <summary>
/// The state of mirroring, as a health check: a standby is healthy while Redis answers, the active Sync while its
/// sources do too. Thread-safe.
/// </summary>
internal sealed class MirrorStatus : IHealthCheck
{
    private volatile bool _isReached;
    private volatile bool _isActive;
    private volatile bool _isLoaded;
    private volatile bool _areSourcesFailing;
    private volatile bool _isLeaseFailing;
    private volatile bool _isPublishingFailing;

    /// <summary>Something of the active Sync has to be tried again soon.</summary>
    public bool IsFailing => _isActive && (!_isLoaded || _areSourcesFailing || _isPublishingFailing);

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Problem() is { } problem ? HealthCheckResult.Unhealthy(problem) : HealthCheckResult.Healthy());

    public void ReportLease(bool isHeld)
    {
        _isReached = true;
        _isActive = isHeld;
        _isLeaseFailing = false;
    }

    /// <summary>Redis did not answer.</summary>
    public void ReportLeaseFailing() => _isLeaseFailing = true;

    /// <summary>Redis did or did not take a version.</summary>
    public void ReportPublishing(bool isFailing) => _isPublishingFailing = isFailing;

    public void Report(RuleLoader loader)
    {
        _areSourcesFailing = loader.IsFailing;
        _isLoaded = loader.Rules is not null;
    }

    private string? Problem() => this switch
    {
        { _isReached: false } => "Redis has not been reached yet.",
        { _isLeaseFailing: true } => "Redis is away.",
        { _isActive: false } => null,
        { _isPublishingFailing: true } => "Redis does not take a version.",
        { _areSourcesFailing: true } => "A source fails.",
        { _isLoaded: false } => "The sources have not been read yet.",
        _ => null,
    };
}
