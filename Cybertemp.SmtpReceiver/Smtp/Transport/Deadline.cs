namespace Cybertemp.SmtpReceiver.Smtp.Transport;

/// <summary>
/// One point in time that can be moved at little cost: the timer is left running when the point moves further away.
/// Calls back once on the timer's thread when it passes. Thread-safe.
/// </summary>
internal sealed class Deadline : IAsyncDisposable
{
    private readonly TimeProvider _time;
    private readonly Action _passed;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private long _due = long.MaxValue;
    private long _armedFor = long.MaxValue;

    public Deadline(TimeProvider time, Action passed)
    {
        (_time, _passed) = (time, passed);
        _timer = time.CreateTimer(
            static state => ((Deadline)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public bool HasPassed
    {
        get
        {
            lock (_lock)
            {
                return _time.GetTimestamp() >= _due;
            }
        }
    }

    /// <summary>The timestamp that lies <paramref name="wait"/> ahead.</summary>
    public long After(TimeSpan wait) => _time.GetTimestamp() + (long)(wait.TotalSeconds * _time.TimestampFrequency);

    public bool IsPast(long timestamp) => _time.GetTimestamp() >= timestamp;

    public void Set(long due)
    {
        lock (_lock)
        {
            _due = due;
            if (_due < _armedFor)
            {
                Arm(_time.GetElapsedTime(_time.GetTimestamp(), _due));
            }
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _due = long.MaxValue;
        }
    }

    /// <summary>Completes when no call back is running any more.</summary>
    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void OnTimer()
    {
        lock (_lock)
        {
            _armedFor = long.MaxValue;
            if (_due == long.MaxValue)
            {
                return;
            }

            var left = _time.GetElapsedTime(_time.GetTimestamp(), _due);
            if (left > TimeSpan.Zero)
            {
                Arm(left);
                return;
            }
        }

        _passed();
    }

    /// <summary>
    /// A timer counts whole milliseconds, so it is set to the next one: it must not fire early and find the point
    /// ahead.
    /// </summary>
    private void Arm(TimeSpan left)
    {
        _armedFor = _due;
        var wait = TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(0, left.TotalMilliseconds)));
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }
}
