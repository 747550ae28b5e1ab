using Cybertemp.Web.Access;
using Cybertemp.Web.Codes;
using Cybertemp.Web.Database;
using Cybertemp.Web.Messages.Answers;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;

namespace Cybertemp.Web.Messages;

/// <summary>
/// Intro, code and link of messages, found once when first read and then kept: the newest 20,000 at most. One body at a
/// time is in memory. Thread-safe.
/// </summary>
internal sealed class MessageDigests(MailDatabase database, PreparedReads reads) : IDisposable
{
    private const int MaxKept = 20_000;

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = MaxKept });

    /// <summary>In the order of the rows; without those that were deleted meanwhile.</summary>
    public async Task<List<MessageSummary>> CompleteAsync(
        ReaderKind kind, IReadOnlyList<MessageRow> rows, CancellationToken ct)
    {
        var found = new MessageDigest?[rows.Count];
        var missing = new Dictionary<Guid, int>();
        for (var i = 0; i < rows.Count; i++)
        {
            if (!_cache.TryGetValue(rows[i].Id, out found[i]))
            {
                missing.Add(rows[i].Id, i);
            }
        }

        if (missing.Count > 0)
        {
            await ReadAsync(kind, rows, missing, found, ct);
        }

        var summaries = new List<MessageSummary>(rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            if (found[i] is { } digest)
            {
                summaries.Add(rows[i].With(digest));
            }
        }

        return summaries;
    }

    public MessageDigest Of(Guid id, string subject, MailSender from, string text, string html)
    {
        if (!_cache.TryGetValue(id, out MessageDigest? digest) || digest is null)
        {
            var action = MailActionReader.Read(subject, text, html, $"{from.Name} <{from.Address}>");
            digest = new MessageDigest(Intro.Of(text), action.Code, action.Link);
            _cache.Set(id, digest, new MemoryCacheEntryOptions { Size = 1 });
        }

        return digest;
    }

    public void Dispose() => _cache.Dispose();

    private async Task ReadAsync(
        ReaderKind kind,
        IReadOnlyList<MessageRow> rows,
        Dictionary<Guid, int> missing,
        MessageDigest?[] found,
        CancellationToken ct)
    {
        var unread = missing.Values.Select(i => rows[i]).ToList();
        await reads.RunAsync(
            database.Read, () => [MessageCommands.Many(MessageSql.DigestColumns, kind, unread)], ReadRowsAsync, ct);

        async Task<MessageDigest?[]> ReadRowsAsync(NpgsqlDataReader row)
        {
            while (await row.ReadAsync(ct))
            {
                var id = row.GetGuid(0);
                var from = new MailSender(row.GetString(2), row.GetString(3));
                found[missing[id]] = Of(id, row.GetString(1), from, row.GetString(4), row.GetString(5));
            }

            return found;
        }
    }
}
