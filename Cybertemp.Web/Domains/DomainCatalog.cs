using Cybertemp.Mail.Filters.Mirror;
using Cybertemp.ServiceDefaults;
using Npgsql;

namespace Cybertemp.Web.Domains;

/// <summary>
/// The accepted domains, at most <see cref="MaxAge"/> old while their source answers, and the last known ones while it
/// does not. Thread-safe.
/// </summary>
internal sealed partial class DomainCatalog(IDomainSource source, TimeProvider time, ILogger<DomainCatalog> logger)
    : IDisposable
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly StateChange _state = new(time);
    private AcceptedDomains? _known;
    private long? _readAt;

    /// <summary>Null while none are known.</summary>
    public async Task<AcceptedDomains?> GetAsync(CancellationToken ct)
    {
        if (IsFresh)
        {
            return _known;
        }

        await _turn.WaitAsync(ct);
        try
        {
            if (!IsFresh)
            {
                await ReadAsync();
            }

            return _known;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private bool IsFresh => _readAt is { } at && time.GetElapsedTime(at) < MaxAge;

    private async Task ReadAsync()
    {
        using var timeout = new CancellationTokenSource(ReadTimeout, time);
        try
        {
            Volatile.Write(ref _known, await source.ReadAsync(timeout.Token) ?? _known);
            if (_state.IsNews(isFailing: false))
            {
                LogKnown();
            }
        }
        catch (Exception ex) when (
            ex is NpgsqlException or InvalidDataException or OperationCanceledException
                || MirrorConnection.IsFailure(ex))
        {
            if (_state.IsNews(isFailing: true))
            {
                LogUnknown(FailureReason.Of(ex));
            }
        }

        _readAt = time.GetTimestamp();
    }

    [LoggerMessage(LogLevel.Warning, "The accepted domains cannot be read, the last known ones are shown: {Reason}")]
    private partial void LogUnknown(string reason);

    [LoggerMessage(LogLevel.Information, "The accepted domains can be read again")]
    private partial void LogKnown();
}
