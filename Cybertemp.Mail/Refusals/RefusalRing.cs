using System.Text.Json;
using Cybertemp.Mail.Filters.Mirror;
using StackExchange.Redis;

namespace Cybertemp.Mail.Refusals;

/// <summary>
/// The last refusals of every receiver, in a stream of Redis that is bounded in number and age. Best effort: it holds
/// nothing that anybody but an operator in search of a mail needs. Thread-safe.
/// </summary>
internal sealed class RefusalRing(MirrorConnection redis)
{
    public const string Key = "cybertemp:refusals";

    private const string Field = "refusal";
    private const int PageSize = 500;

    /// <summary>Adds them, and drops what exceeds either bound.</summary>
    /// <param name="refusals">In their order.</param>
    /// <param name="maxKept">Of all, nearly; at least 1.</param>
    /// <param name="oldest">What is older is dropped.</param>
    /// <param name="retention">After so long without a refusal all are dropped.</param>
    /// <param name="ct">Ends the wait, not what was begun.</param>
    public Task AppendAsync(
        IReadOnlyList<Refusal> refusals, int maxKept, DateTimeOffset oldest, TimeSpan retention,
        CancellationToken ct) =>
        redis.RunAsync(
            async database =>
            {
                var added = refusals.Select(refusal => database.StreamAddAsync(
                    Key, Field, JsonSerializer.SerializeToUtf8Bytes(refusal, RefusalJson.Ring.Refusal),
                    messageId: null, maxLength: maxKept, useApproximateMaxLength: true));
                await Task.WhenAll(added);
                await database.StreamTrimByMinIdAsync(Key, $"{oldest.ToUnixTimeMilliseconds()}-0");
                return await database.KeyExpireAsync(Key, retention);
            },
            ct);

    /// <summary>The newest that are wanted, newest first.</summary>
    /// <param name="isWanted">Called for each that is kept, until there are enough.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="ct">Ends the search.</param>
    public async Task<List<Refusal>> FindAsync(Func<Refusal, bool> isWanted, int limit, CancellationToken ct)
    {
        var found = new List<Refusal>();
        RedisValue end = "+";
        while (true)
        {
            var page = await redis.RunAsync(
                database => database.StreamRangeAsync(Key, "-", end, PageSize, Order.Descending), ct);
            foreach (var entry in page)
            {
                if (Read(entry) is { } refusal && isWanted(refusal))
                {
                    found.Add(refusal);
                    if (found.Count == limit)
                    {
                        return found;
                    }
                }
            }

            if (page.Length < PageSize)
            {
                return found;
            }

            end = $"({page[^1].Id}";
        }
    }

    /// <summary>Null for what another version has written.</summary>
    private static Refusal? Read(StreamEntry entry)
    {
        try
        {
            return JsonSerializer.Deserialize((byte[]?)entry[Field] ?? [], RefusalJson.Ring.Refusal);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
