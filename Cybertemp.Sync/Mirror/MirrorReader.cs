namespace Cybertemp.Sync.Mirror;

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
        var header = MirrorContract.Header.FromJson(json) ?? throw new InvalidDataException("The version has no readable header.");
        var chunks = new List<byte[]>();
        for (var i = 0; i < header.Chunks; i++)
        {
            var field = i;
            byte[]? chunk = await redis.RunAsync(db => db.HashGetAsync(key, field), ct);
            chunks.Add(chunk ?? throw new InvalidDataException("The version lacks a chunk."));
        }

        return MirrorContract.Decode(header, chunks);
    }

    /// <summary>Calls <paramref name="changed"/> on each announcement and after each time that some may have been missed.</summary>
    public Task SubscribeAsync(Action changed, CancellationToken ct) => redis.SubscribeAsync(MirrorContract.ChangedChannel, changed, ct);
}
