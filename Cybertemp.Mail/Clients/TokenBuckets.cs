using System.Runtime.InteropServices;

namespace Cybertemp.Mail.Clients;

/// <summary>
/// A token bucket for each key: so many a minute, and as many at once. Buckets are kept in two generations of at most a
/// minute and <see cref="MaxKeys"/> keys, so memory is bounded: a bucket that is dropped for age was full again. Under
/// more keys than that the oldest are forgotten, in the client's favour. Thread-safe.
/// </summary>
/// <param name="perMinute">0 is off.</param>
internal sealed class TokenBuckets<TKey>(int perMinute, TimeProvider time)
    where TKey : notnull
{
    private const int MaxKeys = 100_000;

    private static readonly TimeSpan Generation = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private Dictionary<TKey, Bucket> _current = [];
    private Dictionary<TKey, Bucket> _previous = [];
    private long _generationStart = time.GetTimestamp();

    /// <summary>Takes one token; false when there is none.</summary>
    public bool TryTake(in TKey key) => Use(key, tokens: 1);

    /// <summary>Whether there is a token; takes none.</summary>
    public bool HasToken(in TKey key) => Use(key, tokens: 0);

    private bool Use(in TKey key, int tokens)
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
            var left = Math.Min(perMinute, refilled);
            var isThere = left >= 1;
            bucket = new Bucket(isThere ? left - tokens : left, now);
            return isThere;
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
