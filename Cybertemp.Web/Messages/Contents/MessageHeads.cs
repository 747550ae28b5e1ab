using Cybertemp.Web.Access;
using Cybertemp.Web.Database;

namespace Cybertemp.Web.Messages.Contents;

/// <summary>The headers of a list's messages, with one statement. Thread-safe.</summary>
internal sealed class MessageHeads(MailDatabase database)
{
    /// <summary>By id; without those that were deleted meanwhile.</summary>
    /// <param name="kind">Whoever asks, as what it read the list.</param>
    /// <param name="rows">At most <see cref="MessageQuery.MaxLimit"/>.</param>
    /// <param name="ct">The client is gone.</param>
    public async Task<Dictionary<Guid, MessageHead>> ReadAsync(
        ReaderKind kind, IReadOnlyList<MessageRow> rows, CancellationToken ct)
    {
        var heads = new Dictionary<Guid, MessageHead>(rows.Count);
        if (rows.Count == 0)
        {
            return heads;
        }

        await using var command = database.Read.CreateCommand(
            MessageSql.Many("m.id, m.message_id, m.headers::text", kind));
        command.Parameters.Add(Parameters.Ids([.. rows.Select(static r => r.Id)]));
        command.Parameters.Add(Parameters.Time(rows.Min(static r => r.ReceivedAt)));
        command.Parameters.Add(Parameters.Time(rows.Max(static r => r.ReceivedAt)));
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            heads.Add(row.GetGuid(0), new MessageHead(row.GetString(1), StoredJson.Headers(row.GetString(2))));
        }

        return heads;
    }
}
