using StackExchange.Redis;

namespace Cybertemp.Mail.Filters.Mirror;

/// <summary>Reads versions from the mirror. A version is read whole or not at all.</summary>
internal sealed class MirrorReader(MirrorConnection redis)
{
    /// <summary>The number of the version in force; 0 when there is none.</summary>
    public async Task<long> ReadCurrentVersionAsync(CancellationToken ct)
    {
        var current = await redis.RunAsync(static db => db.StringGetAsync(MirrorContract.CurrentKey), ct);
        return MirrorContract.ParseVersion(current);
    }

    /// <summary>The rules of a version.</summary>
    /// <exception cref="InvalidDataException">The version is not whole.</exception>
    public async Task<FilterRules> ReadAsync(long version, CancellationToken ct)
    {
        var key = MirrorContract.VersionKey(version);
        string? json = await redis.RunAsync(db => db.HashGetAsync(key, MirrorContract.HeaderField), ct);
        var header = MirrorContract.Header.FromJson(json)
            ?? throw new InvalidDataException("The version has no readable header.");
        var chunks = await ReadChunksAsync(key, header.Chunks, static i => i, ct);
        var recipients = await ReadChunksAsync(
            key, header.RecipientChunks, static i => MirrorContract.RecipientField(i), ct);
        return MirrorContract.Decode(header, chunks, recipients);
    }

    /// <summary>
    /// Calls <paramref name="changed"/> on each announcement and after each time that some may have been missed.
    /// </summary>
    public Task SubscribeAsync(Action changed, CancellationToken ct) =>
        redis.SubscribeAsync(MirrorContract.ChangedChannel, changed, ct);

    private async Task<List<byte[]>> ReadChunksAsync(
        string key, int count, Func<int, RedisValue> field, CancellationToken ct)
    {
        var chunks = new List<byte[]>();
        for (var i = 0; i < count; i++)
        {
            var name = field(i);
            byte[]? chunk = await redis.RunAsync(db => db.HashGetAsync(key, name), ct);
            chunks.Add(chunk ?? throw new InvalidDataException("The version lacks a chunk."));
        }

        return chunks;
    }
}
