using Cybertemp.Web.Access;
using Cybertemp.Web.Database;
using Npgsql;

namespace Cybertemp.Web.Messages.Contents;

/// <summary>The headers of a list's messages, with one statement. Thread-safe.</summary>
internal sealed class MessageHeads(MailDatabase database, PreparedReads reads)
{
    /// <summary>By id; without those that were deleted meanwhile.</summary>
    /// <param name="kind">Whoever asks, as what it read the list.</param>
    /// <param name="rows">At most <see cref="MessageQuery.MaxLimit"/>.</param>
    /// <param name="ct">The client is gone.</param>
    public async Task<Dictionary<Guid, MessageHead>> ReadAsync(
        ReaderKind kind, IReadOnlyList<MessageRow> rows, CancellationToken ct)
    {
        return rows.Count == 0
            ? []
            : await reads.RunAsync(
                database.Read,
                () => [MessageCommands.Many("m.id, m.message_id, m.headers::text", kind, rows)],
                ReadAsync,
                ct);

        async Task<Dictionary<Guid, MessageHead>> ReadAsync(NpgsqlDataReader row)
        {
            var heads = new Dictionary<Guid, MessageHead>(rows.Count);
            while (await row.ReadAsync(ct))
            {
                heads.Add(row.GetGuid(0), new MessageHead(row.GetString(1), StoredJson.Headers(row.GetString(2))));
            }

            return heads;
        }
    }
}
