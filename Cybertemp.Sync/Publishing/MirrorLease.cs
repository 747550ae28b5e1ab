using System.Globalization;
using Cybertemp.Mail.Filters.Mirror;
using StackExchange.Redis;

namespace Cybertemp.Sync.Publishing;

/// <summary>
/// The right to publish, held by one Sync at a time. Each acquisition has a token of its own: what a paused holder
/// still does with an old token is refused by Redis. The lease ends by itself when its holder does not renew it.
/// </summary>
internal sealed class MirrorLease(MirrorConnection redis)
{
    /// <summary>With the renewal interval, another Sync takes over within 15 s of a crash.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);

    public static readonly TimeSpan RenewalInterval = TimeSpan.FromSeconds(2);

    private const string Renew =
        "return redis.call('get', KEYS[1]) == ARGV[1] and redis.call('pexpire', KEYS[1], ARGV[2]) or 0";

    private const string Release = "return redis.call('get', KEYS[1]) == ARGV[1] and redis.call('del', KEYS[1]) or 0";

    private volatile string? _token;

    /// <summary>Null while another Sync holds the lease, as far as is known.</summary>
    public string? Token => _token;

    /// <summary>Renews or acquires the lease.</summary>
    /// <returns>True when it was acquired anew.</returns>
    public async Task<bool> HoldAsync(CancellationToken ct)
    {
        if (_token is { } held && await EvaluateAsync(Renew, held, ct) == 1)
        {
            return false;
        }

        _token = null;
        var token = Guid.NewGuid().ToString("n", CultureInfo.InvariantCulture);
        if (!await redis.RunAsync(
            db => db.StringSetAsync(MirrorContract.LeaseKey, token, (TimeSpan?)Duration, When.NotExists), ct))
        {
            return false;
        }

        _token = token;
        return true;
    }

    /// <summary>Lets another Sync take over at once.</summary>
    public async Task ReleaseAsync(CancellationToken ct)
    {
        if (_token is { } held)
        {
            _token = null;
            await EvaluateAsync(Release, held, ct);
        }
    }

    private async Task<long> EvaluateAsync(string script, string token, CancellationToken ct)
    {
        RedisValue[] values = [token, (long)Duration.TotalMilliseconds];
        return (long)await redis.RunAsync(db => db.ScriptEvaluateAsync(script, [MirrorContract.LeaseKey], values), ct);
    }
}
