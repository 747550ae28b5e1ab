using Cybertemp.Mail.Schema;

namespace Cybertemp.SmtpReceiver.Commit;

/// <summary>
/// The statements of the commit path. A batch is one implicit transaction and one round trip: <see cref="Begin"/>, then
/// <see cref="Insert"/>; a retry is <see cref="Begin"/>, <see cref="InsertMissing"/>, <see cref="WriteAhead"/>.
/// </summary>
internal static class BatchSql
{
    /// <summary>
    /// Settings for this transaction only, since a pooler may hand the next one to somebody else, and the locks. They
    /// are statements of their own because the next statement's snapshot must be younger than the locks.
    /// </summary>
    public const string Begin = $"""
        select clock_timestamp(),
            set_config('lock_timeout', $1, true),
            set_config('statement_timeout', $2, true),
            set_config('plan_cache_mode', 'force_generic_plan', true),
            set_config('enable_seqscan', 'off', true),
            case when current_setting('synchronous_commit') in ('on', 'remote_apply') then ''
                else set_config('synchronous_commit', 'on', true) end,
            pg_advisory_xact_lock_shared({AdvisoryLocks.PrivateAddresses}),
            pg_advisory_xact_lock({AdvisoryLocks.Space}, $3)
        """;

    public const string Insert = Incoming + Outgoing;

    /// <summary>The same for rows that no earlier attempt has brought into either table.</summary>
    public const string InsertMissing = Incoming + """

            where (select 1 from private_emails k where k.id = r.id) is null
                and (select 1 from emails k where k.id = r.id and k.received_at = m.received_at) is null
        """ + Outgoing;

    /// <summary>Makes a transaction that found its rows in place wait for the standby all the same.</summary>
    public const string WriteAhead = "select pg_logical_emit_message(true, 'cybertemp', '')";

    public const string Quarantine = """
        insert into quarantine (message_uid, received_at, mail_from, inboxes, client_ip, helo, error_code, error, raw)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        on conflict (message_uid) do nothing
        """;

    // The look-ups are scalar sub-queries on purpose: always one index probe a row, whatever the statistics say. The
    // wide columns are not here: each step of the plan would copy them, through temporary files when they are many.
    private const string Incoming = """
        with incoming as materialized (
            select r.id, r.inbox,
                r.is_reserved or (select true from private_email p where p.email = r.inbox) is not null as is_private,
                m.message_uid, m.received_at, m.mail_from, m.from_name, m.from_address, m.subject, m.message_id, m.date,
                m.size_bytes, m.parse_note, m.client_ip, m.helo, m.tls, m.message::int as message
            from unnest($1, $2, $3, $4) as r (id, message, inbox, is_reserved)
            join unnest($5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) with ordinality
                as m (message_uid, received_at, mail_from, from_name, from_address, subject, message_id, date,
                    size_bytes, parse_note, client_ip, helo, tls, message)
                on m.message = r.message
        """;

    // Sorted, because two writers that insert the same new addresses in different order would deadlock.
    private const string Outgoing = """

        ), private_rows as (
            insert into private_emails (
        """ + EmailColumns.Given + """
        )
            select
        """ + Values + """
         from incoming where is_private
        ), new_inboxes as (
            insert into inbox (address, created_at, last_received_at)
            select inbox, min(received_at), max(received_at) from incoming
            where not is_private
            group by inbox
            order by inbox collate "C"
            on conflict (address) do nothing
        )
        insert into emails (
        """ + EmailColumns.Given + """
        )
        select
        """ + Values + """
         from incoming where not is_private
        """;

    private const string Values = """
         id, inbox, message_uid, received_at, mail_from, from_name, from_address, subject, $18[message], $19[message],
        message_id, date, $20[message], size_bytes, $21[message], $22[message], parse_note, client_ip, helo, tls
        """;
}
