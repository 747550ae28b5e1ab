using Cybertemp.Sync.Sources;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cybertemp.Sync.Publishing;

/// <summary>
/// The state of mirroring, as a health check: a standby is healthy while Redis answers, the active Sync while its sources
/// do too. Thread-safe.
/// </summary>
internal sealed class MirrorStatus : IHealthCheck
{
    private volatile bool _isReached;
    private volatile bool _isActive;
    private volatile bool _isLoaded;
    private volatile bool _areSourcesFailing;
    private bool _isLeaseFailing;
    private bool _isPublishingFailing;

    /// <summary>Something of the active Sync has to be tried again soon.</summary>
    public bool IsFailing => _isActive && (!_isLoaded || _areSourcesFailing || Volatile.Read(ref _isPublishingFailing));

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Problem() is { } problem ? HealthCheckResult.Unhealthy(problem) : HealthCheckResult.Healthy());

    public void ReportLease(bool isHeld)
    {
        _isReached = true;
        _isActive = isHeld;
        Volatile.Write(ref _isLeaseFailing, false);
    }

    /// <summary>Redis did not answer.</summary>
    /// <returns>True when this is news.</returns>
    public bool ReportLeaseFailing() => !Interlocked.Exchange(ref _isLeaseFailing, true);

    /// <summary>Redis did or did not take a version.</summary>
    /// <returns>True when this is news.</returns>
    public bool ReportPublishing(bool isFailing) => Interlocked.Exchange(ref _isPublishingFailing, isFailing) != isFailing;

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
