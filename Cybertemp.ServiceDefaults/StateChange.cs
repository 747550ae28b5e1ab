namespace Cybertemp.ServiceDefaults;

/// <summary>
/// Says when something that works or fails is worth a line in the log: once a change, and only after the new state has
/// held for <see cref="Hold"/>, so that what comes and goes stays quiet. For reports that come again and again.
/// Thread-safe.
/// </summary>
public sealed class StateChange(TimeProvider time)
{
    public static readonly TimeSpan Hold = TimeSpan.FromSeconds(3);

    private readonly Lock _lock = new();
    private bool _isFailing;
    private long? _differsSince;

    /// <summary>False while the last reports differ from what was news last: it is good to report again soon.</summary>
    public bool IsSettled
    {
        get
        {
            lock (_lock)
            {
                return _differsSince is null;
            }
        }
    }

    /// <summary>Takes a report.</summary>
    /// <returns>True when it is to be logged.</returns>
    public bool IsNews(bool isFailing)
    {
        lock (_lock)
        {
            _differsSince = isFailing == _isFailing ? null : _differsSince ?? time.GetTimestamp();
            if (_differsSince is not { } since || time.GetElapsedTime(since) < Hold)
            {
                return false;
            }

            (_isFailing, _differsSince) = (isFailing, null);
            return true;
        }
    }
}
