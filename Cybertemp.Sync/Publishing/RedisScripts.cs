using Cybertemp.Sync.Mirror;
using StackExchange.Redis;

namespace Cybertemp.Sync.Publishing;

internal static class RedisScripts
{
    /// <summary>Runs a script. Once more when the server has forgotten it, which an old client reports instead of handling.</summary>
    public static async Task<RedisResult> EvaluateAsync(
        this MirrorConnection redis, string script, RedisKey[] keys, RedisValue[] values, CancellationToken ct)
    {
        try
        {
            return await redis.RunAsync(db => db.ScriptEvaluateAsync(script, keys, values), ct);
        }
        catch (RedisServerException ex) when (ex.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            return await redis.RunAsync(db => db.ScriptEvaluateAsync(script, keys, values), ct);
        }
    }
}
