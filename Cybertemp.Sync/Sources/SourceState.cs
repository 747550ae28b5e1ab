using Cybertemp.ServiceDefaults;

namespace Cybertemp.Sync.Sources;

/// <summary>The last rows of one source, and whether its last read failed. Owned by the loader.</summary>
internal sealed partial class SourceState<TRow>(
    string list, IRowSource<TRow>? source, TimeSpan readTimeout, ILogger logger)
{
    private bool _isWaiting;

    /// <summary>Null before the first successful read, and always for an open list.</summary>
    public IReadOnlyList<TRow>? Rows { get; private set; }

    public bool IsFailing { get; private set; }

    /// <summary>An open list has no source and is always there.</summary>
    public bool IsLoaded => source is null || Rows is not null;

    /// <summary>
    /// Reads all rows, and keeps those that <paramref name="isAcceptable"/> allows in place of the last ones.
    /// </summary>
    public async Task ReadAsync(Func<IReadOnlyList<TRow>, bool> isAcceptable, CancellationToken ct)
    {
        if (source is null)
        {
            return;
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(readTimeout);
        try
        {
            var rows = await source.ReadAsync(deadline.Token).WaitAsync(deadline.Token);
            Report(failure: null);
            Take(rows, isAcceptable);
        }
        catch (Exception ex) when (!ct.IsCancellationRequested)
        {
            // A source fails in whatever way its client has; the last rows stay in force.
            Report(ex);
        }
    }

    private void Take(IReadOnlyList<TRow>? rows, Func<IReadOnlyList<TRow>, bool> isAcceptable)
    {
        if (rows is null && !_isWaiting)
        {
            LogWaiting(list);
        }

        _isWaiting = rows is null;
        Rows = rows is not null && isAcceptable(rows) ? rows : Rows;
    }

    private void Report(Exception? failure)
    {
        if (failure is not null && !IsFailing)
        {
            LogFailing(list, FailureReason.Of(failure));
        }
        else if (failure is null && IsFailing)
        {
            LogRecovered(list);
        }

        IsFailing = failure is not null;
    }

    [LoggerMessage(LogLevel.Information, "The table {List} is not there yet: waiting for a receiver to make it")]
    private partial void LogWaiting(string list);

    [LoggerMessage(LogLevel.Error, "The source of {List} fails: the last version stays in force ({Reason})")]
    private partial void LogFailing(string list, string reason);

    [LoggerMessage(LogLevel.Information, "The source of {List} answers again")]
    private partial void LogRecovered(string list);
}
