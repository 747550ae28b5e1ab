using Cybertemp.Mail.Filters;
using Cybertemp.Mail.Filters.Mirror;
using StackExchange.Redis;

namespace Cybertemp.Sync.Publishing;

/// <summary>Writes versions to Redis and puts them in force. Not thread-safe.</summary>
internal sealed class MirrorWriter(MirrorConnection redis, TimeProvider time)
{
    /// <summary>How long a replaced version can still be read.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    /// <summary>A version that its writer never puts in force goes away after this time.</summary>
    public static readonly TimeSpan UnpublishedLife = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Refuses without the lease, with a version that is not newer, and with one that is not whole. Publishing is the
    /// last step of one indivisible script, so that a message always names a version in force.
    /// </summary>
    private const string Switch = """
        if redis.call('get', KEYS[1]) ~= ARGV[1] then return 'lease' end
        local current = redis.call('get', KEYS[2])
        if current and tonumber(current) >= tonumber(ARGV[2]) then return 'version' end
        if redis.call('hlen', KEYS[3]) ~= tonumber(ARGV[3]) then return 'incomplete' end
        redis.call('persist', KEYS[3])
        redis.call('set', KEYS[2], ARGV[2])
        if current then redis.call('pexpire', ARGV[6] .. current, ARGV[4]) end
        redis.call('publish', ARGV[5], ARGV[2])
        return 'ok'
        """;

    private long _lastVersion;

    /// <summary>The version in force, or 0 and null when there is none that is whole.</summary>
    public async Task<(long Version, MirrorContract.Header? Header)> ReadCurrentAsync(CancellationToken ct)
    {
        var version = await ReadVersionAsync(ct);
        var key = MirrorContract.VersionKey(version);
        var (json, fields) = await redis.RunAsync(
            db => BothAsync(db.HashGetAsync(key, MirrorContract.HeaderField), db.HashLengthAsync(key)), ct);
        return MirrorContract.Header.FromJson(json) is { } header && fields == header.Fields
            ? (version, header)
            : (version, null);
    }

    /// <summary>Makes the rules the version in force. Rules that already are stay as they are.</summary>
    /// <param name="token">The lease's, taken before the rules were read.</param>
    public async Task<PublishOutcome> PublishAsync(FilterRules rules, string token, CancellationToken ct)
    {
        var (header, chunks, recipients) = MirrorContract.Encode(rules);
        var (current, currentHeader) = await ReadCurrentAsync(ct);
        if (currentHeader == header)
        {
            return new PublishOutcome(PublishResult.Unchanged, current);
        }

        var version = Math.Max(Math.Max(current, _lastVersion) + 1, time.GetUtcNow().ToUnixTimeMilliseconds());
        _lastVersion = version;
        IEnumerable<(RedisValue, byte[])> fields =
        [
            .. chunks.Select(static (chunk, i) => ((RedisValue)i, chunk)),
            .. recipients.Select(static (chunk, i) => ((RedisValue)MirrorContract.RecipientField(i), chunk)),
        ];
        await WriteAsync(MirrorContract.VersionKey(version), header, fields, ct);
        return new PublishOutcome(await SwitchAsync(version, header.Fields, token, ct), version);
    }

    /// <summary>Two commands that share a round trip.</summary>
    private static async Task<(TFirst First, TSecond Second)> BothAsync<TFirst, TSecond>(
        Task<TFirst> first, Task<TSecond> second)
    {
        await Task.WhenAll(first, second);
        return (await first, await second);
    }

    private async Task<long> ReadVersionAsync(CancellationToken ct)
    {
        var current = await redis.RunAsync(static db => db.StringGetAsync(MirrorContract.CurrentKey), ct);
        return MirrorContract.ParseVersion(current);
    }

    private async Task WriteAsync(
        string key, MirrorContract.Header header, IEnumerable<(RedisValue Name, byte[] Chunk)> fields,
        CancellationToken ct)
    {
        await redis.RunAsync(
            db => BothAsync(
                db.HashSetAsync(key, MirrorContract.HeaderField, header.ToJson()),
                db.KeyExpireAsync(key, UnpublishedLife)),
            ct);
        foreach (var (name, chunk) in fields)
        {
            await redis.RunAsync(db => db.HashSetAsync(key, name, chunk), ct);
        }
    }

    private async Task<PublishResult> SwitchAsync(long version, int fields, string token, CancellationToken ct)
    {
        RedisKey[] keys = [MirrorContract.LeaseKey, MirrorContract.CurrentKey, MirrorContract.VersionKey(version)];
        RedisValue[] values =
        [
            token,
            version,
            fields,
            (long)Grace.TotalMilliseconds,
            MirrorContract.ChangedChannel,
            MirrorContract.VersionKeyPrefix,
        ];
        var result = await redis.RunAsync(db => db.ScriptEvaluateAsync(Switch, keys, values), ct);
        return (string?)result switch
        {
            "ok" => PublishResult.Published,
            "lease" => PublishResult.LeaseLost,
            _ => PublishResult.Superseded,
        };
    }
}
