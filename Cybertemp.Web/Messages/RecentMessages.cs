using System.Globalization;
using Cybertemp.Web.Access;
using Cybertemp.Web.Database;
using Npgsql;

namespace Cybertemp.Web.Messages;

/// <summary>
/// The ids of what came in the last minute, by PostgreSQL's clock: longer than a receiver waits for a commit by
/// default, so that what was committed late is among them. Thread-safe.
/// </summary>
internal sealed class RecentMessages(MailDatabase database, PreparedReads reads)
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
    public Task<List<Guid>> InAsync(ReaderKind kind, string inbox, CancellationToken ct) =>
        reads.RunAsync(database.Read, () => [In(kind, inbox)], row => ReadAsync(row, static r => r.GetGuid(0), ct), ct);

    /// <summary>The newest of each inbox, with one statement.</summary>
    public Task<List<(string Inbox, Guid Id)>> InAsync(
        ReaderKind kind, string[] inboxes, int maxIdsEach, CancellationToken ct) => reads.RunAsync(
        database.Read,
        () => [InEach(kind, inboxes, maxIdsEach)],
        row => ReadAsync(row, static r => (r.GetString(0), r.GetGuid(1)), ct),
        ct);

    private static NpgsqlBatchCommand In(ReaderKind kind, string inbox)
    {
        var all = $"select m.id from {MessageSql.Source(kind)} where {InTime}";
        return inbox.Length == 0
            ? new(Limited($"{all} and {SinceId} order by m.id desc"))
            : new(Limited($"{all} and m.inbox = $1 order by m.received_at desc, m.id"))
            {
                Parameters = { Parameters.Text(inbox) },
            };
    }

    private static NpgsqlBatchCommand InEach(ReaderKind kind, string[] inboxes, int maxIdsEach) => new(
        string.Create(CultureInfo.InvariantCulture, $"""
            select w.inbox, n.id from unnest($1) as w (inbox) cross join lateral (
                select m.id from {MessageSql.Source(kind)} where m.inbox = w.inbox and {InTime}
                order by m.received_at desc, m.id limit {maxIdsEach}) n
            """))
    {
        Parameters = { Parameters.Texts(inboxes) },
    };

    private static async Task<List<T>> ReadAsync<T>(
        NpgsqlDataReader row, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        var found = new List<T>();
        while (await row.ReadAsync(ct))
        {
            found.Add(read(row));
        }

        return found;
    }

    private static string Limited(string sql) => string.Create(CultureInfo.InvariantCulture, $"{sql} limit {MaxIds}");
}
