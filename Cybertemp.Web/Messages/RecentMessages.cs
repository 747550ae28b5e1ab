using System.Globalization;
using Cybertemp.Web.Access;
using Cybertemp.Web.Database;

namespace Cybertemp.Web.Messages;

/// <summary>
/// The ids of what came in the last minute, by PostgreSQL's clock: longer than a receiver waits for a commit by
/// default, so that what was committed late is among them. Thread-safe.
/// </summary>
internal sealed class RecentMessages(MailDatabase database)
{
    /// <summary>Of one inbox, or of all.</summary>
    public const int MaxIds = 5_000;

    /// <summary>More than most inboxes have.</summary>
    public const int FewIds = 20;

    private const string InTime = "m.received_at > now() - interval '60 seconds'";

    private const string SinceId =
        "m.id > (lpad(to_hex((extract(epoch from now() - interval '60 seconds') * 1000)::bigint), 12, '0') "
            + "|| repeat('0', 20))::uuid";

    /// <summary>Of one inbox; of all for "".</summary>
    public async Task<List<Guid>> InAsync(ReaderKind kind, string inbox, CancellationToken ct)
    {
        var isAll = inbox.Length == 0;
        var source = MessageSql.Source(kind);
        await using var command = database.Read.CreateCommand(isAll
            ? Limited($"select m.id from {source} where {SinceId} and {InTime} order by m.id desc")
            : Limited($"select m.id from {source} where m.inbox = $1 and {InTime} order by m.received_at desc, m.id"));
        if (!isAll)
        {
            command.Parameters.Add(Parameters.Text(inbox));
        }

        await using var row = await command.ExecuteReaderAsync(ct);
        var ids = new List<Guid>();
        while (await row.ReadAsync(ct))
        {
            ids.Add(row.GetGuid(0));
        }

        return ids;
    }

    /// <summary>The newest of each inbox, with one statement.</summary>
    public async Task<List<(string Inbox, Guid Id)>> InAsync(
        ReaderKind kind, string[] inboxes, int maxIdsEach, CancellationToken ct)
    {
        await using var command = database.Read.CreateCommand(string.Create(CultureInfo.InvariantCulture, $"""
            select w.inbox, n.id from unnest($1) as w (inbox) cross join lateral (
                select m.id from {MessageSql.Source(kind)} where m.inbox = w.inbox and {InTime}
                order by m.received_at desc, m.id limit {maxIdsEach}) n
            """));
        command.Parameters.Add(Parameters.Texts(inboxes));
        await using var row = await command.ExecuteReaderAsync(ct);
        var found = new List<(string, Guid)>();
        while (await row.ReadAsync(ct))
        {
            found.Add((row.GetString(0), row.GetGuid(1)));
        }

        return found;
    }

    private static string Limited(string sql) => string.Create(CultureInfo.InvariantCulture, $"{sql} limit {MaxIds}");
}
