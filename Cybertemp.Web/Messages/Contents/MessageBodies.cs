using System.Runtime.CompilerServices;
using Cybertemp.Web.Access;
using Cybertemp.Web.Database;
using Npgsql;

namespace Cybertemp.Web.Messages.Contents;

/// <summary>
/// The bodies of a list, for clients that want lists whole. Some megabytes of mail at a time are in memory, and no
/// connection is held while a client takes them. Thread-safe.
/// </summary>
internal sealed class MessageBodies(MailDatabase database, PreparedReads reads)
{
    private const int MaxAtOnce = 25;

    /// <summary>Of whole mails; one that is larger is read alone.</summary>
    private const long MaxBytesAtOnce = 4 * 1024 * 1024;

    /// <summary>In the order of the rows; without those that were deleted meanwhile.</summary>
    public async IAsyncEnumerable<MessageRowBody> ReadAsync(
        ReaderKind kind, IReadOnlyList<MessageRow> rows, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var start = 0; start < rows.Count;)
        {
            var count = CountAtOnce(rows, start);
            var bodies = await ReadAsync(kind, [.. rows.Skip(start).Take(count)], ct);
            for (var i = start; i < start + count; i++)
            {
                if (bodies.TryGetValue(rows[i].Id, out var body))
                {
                    yield return new MessageRowBody(rows[i], body.Text, body.Html);
                }
            }

            start += count;
        }
    }

    private static int CountAtOnce(IReadOnlyList<MessageRow> rows, int start)
    {
        var (count, bytes) = (1, (long)rows[start].SizeBytes);
        while (count < MaxAtOnce && start + count < rows.Count
            && (bytes += rows[start + count].SizeBytes) <= MaxBytesAtOnce)
        {
            count++;
        }

        return count;
    }

    private Task<Dictionary<Guid, (string Text, string Html)>> ReadAsync(
        ReaderKind kind, MessageRow[] rows, CancellationToken ct)
    {
        return reads.RunAsync(
            database.Read, () => [MessageCommands.Many("m.id, m.text, m.html", kind, rows)], ReadRowsAsync, ct);

        async Task<Dictionary<Guid, (string, string)>> ReadRowsAsync(NpgsqlDataReader row)
        {
            var bodies = new Dictionary<Guid, (string, string)>(rows.Length);
            while (await row.ReadAsync(ct))
            {
                bodies.Add(row.GetGuid(0), (row.GetString(1), row.GetString(2)));
            }

            return bodies;
        }
    }
}
