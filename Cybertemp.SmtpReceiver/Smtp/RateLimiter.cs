using System.Runtime.InteropServices;

namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>
/// A token bucket for each key: so many a minute, and as many at once. Buckets are kept in two generations of at most a
/// minute and <see cref="MaxKeys"/> keys, so memory is bounded: a bucket that is dropped for age was full again. Under
/// more keys than that the oldest are forgotten, in the client's favour. Thread-safe.
/// </summary>
/// <param name="perMinute">0 is off.</param>
internal sealed class RateLimiter<TKey>(int perMinute, TimeProvider time)
    where TKey : notnull
{
    private const int MaxKeys = 100_000;

    private static readonly TimeSpan Generation = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private Dictionary<TKey, Bucket> _current = [];
    private Dictionary<TKey, Bucket> _previous = [];
    private long _generationStart = time.GetTimestamp();

    /// <summary>Takes one token; false when there is none.</summary>
    public bool TryTake(in TKey key)
    {
        if (perMinute == 0)
        {
            return true;
        }

        lock (_lock)
        {
            var now = time.GetTimestamp();
            RotateIfDue(now);
            ref var bucket = ref CollectionsMarshal.GetValueRefOrAddDefault(_current, key, out var exists);
            if (!exists)
            {
                bucket = _previous.TryGetValue(key, out var known) ? known : new Bucket(perMinute, now);
            }

            var refilled = bucket.Tokens + (time.GetElapsedTime(bucket.Filled, now).TotalMinutes * perMinute);
            var tokens = Math.Min(perMinute, refilled);
            var isTaken = tokens >= 1;
            bucket = new Bucket(isTaken ? tokens - 1 : tokens, now);
            return isTaken;
        }
    }

    private void RotateIfDue(long now)
    {
        if (_current.Count >= MaxKeys || time.GetElapsedTime(_generationStart, now) >= Generation)
        {
            (_previous, _current) = (_current, _previous);
            _current.Clear();
            _generationStart = now;
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Bucket(double Tokens, long Filled);
}
