using Cybertemp.Mail.Schema;
using Cybertemp.Web.Access;

namespace Cybertemp.Web.Messages;

/// <summary>
/// The statements of <see cref="MessageReads"/>. What anyone sees is temporary mail of an address that is not private:
/// for all else the answer is made in the same way as for what never was.
/// </summary>
internal static class MessageSql
{
    public const string SummaryColumns = """
        m.id, m.message_uid, m.from_name, m.from_address, m.inbox, m.subject, m.received_at, m.size_bytes,
        jsonb_array_length(m.attachments), m.read
        """;

    /// <summary>As much as <see cref="Codes.MailActionReader"/> looks at, and the intro needs.</summary>
    public const string DigestColumns = $"m.id, m.subject, m.from_name, m.from_address, {DigestBodies}";

    /// <summary>All that a summary is made of.</summary>
    public const string WholeSummaryColumns = $"{SummaryColumns}, {DigestBodies}";

    private const string DigestBodies = "left(m.text, 64000), left(m.html, 512000)";

    /// <summary>The last two say whether it is kept for ever, and when it ends before its time.</summary>
    public static string DetailColumns(ReaderKind kind) => $"""
        m.id, m.message_uid, m.from_name, m.from_address, m.inbox, m.subject, m.text, m.html, m.received_at, m.date,
        m.mail_from, m.message_id, m.size_bytes, m.attachments::text, m.headers::text, m.helo, host(m.client_ip), m.tls,
        m.parse_note, m.read, {IsPrivate(kind)},
        (select least(l.expires_at, m.received_at + l.mail_ttl) from inbox_lease l where l.address = m.inbox)
        """;

    /// <summary>$1 is the id, $2 and $3 its time, $4 an owner's or holder's address.</summary>
    public static string One(string columns, ReaderKind kind) =>
        $"select {columns} from {Source(kind)} where {ById}{Visible(kind)}"
            + (kind is ReaderKind.Owner or ReaderKind.Holder ? OfOne : "");

    /// <summary>$1 are ids, $2 and $3 the least and the greatest of their times.</summary>
    public static string Many(string columns, ReaderKind kind) =>
        $"select {columns} from {Source(kind)} where m.id = any($1) and m.received_at between $2 and $3{Visible(kind)}";

    /// <summary>
    /// The list of an inbox. $1 is the inbox, $2 the limit, $3 the offset; then for <c>after</c> and for <c>before</c>
    /// the id and the two ends of its millisecond; then the filters. A cursor is found by the row where that still is,
    /// by its time otherwise.
    /// </summary>
    public static string List(MessageQuery query)
    {
        var shape = ((int)query.Reader.Kind << 4) | (query.After is null ? 0 : 8) | (query.Before is null ? 0 : 4)
            | (query.From is null ? 0 : 2) | (query.Subject is null ? 0 : 1);
        return Lists[shape] ??= MakeList(query);
    }

    private static string MakeList(MessageQuery query)
    {
        var kind = query.Reader.Kind;
        var conditions = new List<string>();
        var next = 4;
        if (query.After is not null)
        {
            conditions.Add(After(kind, next));
            next += 3;
        }

        if (query.Before is not null)
        {
            conditions.Add(Before(kind, next));
            next += 3;
        }

        if (query.From is not null)
        {
            conditions.Add($" and strpos(lower(m.from_name || ' ' || m.from_address), lower(${next++})) > 0");
        }

        if (query.Subject is not null)
        {
            conditions.Add($" and strpos(lower(m.subject), lower(${next})) > 0");
        }

        return $"select {SummaryColumns} from {Source(kind)} where m.inbox = $1{VisibleIn(kind, "$1")}"
            + $"{string.Concat(conditions)} order by m.received_at desc, m.id limit $2 offset $3";
    }

    private static string After(ReaderKind kind, int id)
    {
        var at = $"coalesce({Cursor(kind, id)}, ${id + 1} - interval '1 microsecond')";
        return $" and m.received_at >= ${id + 1} and (m.received_at > {at} or (m.received_at = {at} and m.id < ${id}))";
    }

    private static string Before(ReaderKind kind, int id)
    {
        var at = $"coalesce({Cursor(kind, id)}, ${id + 2})";
        return $" and m.received_at < ${id + 2} and (m.received_at < {at} or (m.received_at = {at} and m.id > ${id}))";
    }

    /// <summary>The inbox of a message, to tell a cursor of another inbox. $1 is the id, $2 and $3 its time.</summary>
    public static string CursorInbox(ReaderKind kind) =>
        $"select m.inbox from {Source(kind)} where {ById}{Visible(kind)}";

    /// <summary>Made once for each shape of a query.</summary>
    private static readonly string?[] Lists = new string?[4 << 4];

    private const string ById = "m.id = $1 and m.received_at >= $2 and m.received_at < $3";

    private const string OfOne = " and m.inbox = $4";

    private static string Cursor(ReaderKind kind, int first) =>
        $"(select c.received_at from {Tables(kind)} c where c.id = ${first} and c.inbox = $1 "
            + $"and c.received_at >= ${first + 1} and c.received_at < ${first + 2})";

    /// <summary>The tables that a kind of reader sees some of, as <c>m</c>.</summary>
    public static string Source(ReaderKind kind) => $"{Tables(kind)} m";

    private static string Tables(ReaderKind kind) => kind switch
    {
        ReaderKind.Anyone => "emails",
        ReaderKind.Owner => "private_emails",
        ReaderKind.Holder => "emails",
        ReaderKind.Operator =>
            $"(select {EmailColumns.All}, false as is_private from emails union all "
                + $"select {EmailColumns.All}, true from private_emails)",
    };

    private static string IsPrivate(ReaderKind kind) => kind switch
    {
        ReaderKind.Anyone => "false",
        ReaderKind.Owner => "true",
        ReaderKind.Holder => "false",
        ReaderKind.Operator => "m.is_private",
    };

    /// <summary>What a kind of reader does not see of the tables: it begins with "and", or is "".</summary>
    public static string Visible(ReaderKind kind) => kind switch
    {
        ReaderKind.Anyone => $" and not exists (select from private_email p where p.email = m.inbox)"
            + $" and not exists ({Lease} and (l.token_hash is not null or {IsOver}))",
        ReaderKind.Owner or ReaderKind.Holder => $" and not exists ({Lease} and ({IsOver}))",
        ReaderKind.Operator => "",
    };

    private const string Lease = "select from inbox_lease l where l.address = m.inbox";

    private const string IsOver = "l.expires_at <= now() or m.received_at < now() - l.mail_ttl";

    // With the inbox given once, instead of in each row, the planner knows how many rows are left and stops at the
    // limit.
    private static string VisibleIn(ReaderKind kind, string inbox)
    {
        var ofInbox = $"from inbox_lease l where l.address = {inbox}";
        var since = $" and m.received_at >= coalesce((select now() - l.mail_ttl {ofInbox}), '-infinity')";
        return kind switch
        {
            ReaderKind.Anyone => $" and not exists (select from private_email p where p.email = {inbox})"
                + $" and not exists (select {ofInbox} and (l.token_hash is not null or l.expires_at <= now())){since}",
            ReaderKind.Owner or ReaderKind.Holder =>
                $" and not exists (select {ofInbox} and l.expires_at <= now()){since}",
            ReaderKind.Operator => "",
        };
    }
}
