using Npgsql;

namespace Cybertemp.Mail.Schema;

/// <summary>
/// Deletes the mail of inboxes that have ended, and what has outlived an inbox's own time, wherever it is stored; then
/// forgets the inboxes. What is on hold stays. A role that may not delete leaves it to one that may. Thread-safe.
/// </summary>
internal sealed class LeaseExpiry(NpgsqlDataSource dataSource)
{
    private const int RowsPerDelete = 500;
    private const int MaxDeletes = 100;
    private const int InboxesPerRun = 1000;

    private const string MayRun = """
        select has_table_privilege('inbox_lease', 'select') and has_table_privilege('inbox_lease', 'delete')
            and has_table_privilege('emails', 'delete') and has_table_privilege('private_emails', 'delete')
        """;

    private const string IsOnHold = "exists (select from inbox_hold h where h.address = l.address)";

    // With a limit each inbox is looked up by the index, however many there are, and temporary mail in the days since
    // it was leased only. A time for each message is an account's: its mail is private.
    private const string FindDue = $"""
        (select l.address from inbox_lease l cross join lateral (
            (select from emails e where e.inbox = l.address and e.received_at > l.created_at - interval '1 day' limit 1)
            union all (select from private_emails e where e.inbox = l.address limit 1)
            limit 1) due
        where l.expires_at <= now() and not {IsOnHold}
        limit $1)
        union
        (select l.address from inbox_lease l cross join lateral (
            select from private_emails e where e.inbox = l.address and e.received_at < now() - l.mail_ttl limit 1) due
        where l.mail_ttl is not null and not {IsOnHold}
        limit $1)
        """;

    private const string DeleteTemporary = """
        delete from emails where inbox = $1 and (id, received_at) in (
            select e.id, e.received_at from emails e join inbox_lease l on l.address = e.inbox
            where e.inbox = $1 and l.expires_at <= now() limit $2 for update of e skip locked)
        """;

    private const string DeletePrivate = """
        delete from private_emails where inbox = $1 and id in (
            select e.id from private_emails e join inbox_lease l on l.address = e.inbox
            where e.inbox = $1 and (l.expires_at <= now() or e.received_at < now() - l.mail_ttl)
            limit $2 for update of e skip locked)
        """;

    // A week: whoever knew the name has stopped writing there. Mail that is left must not become anybody's.
    private const string Forget = $"""
        with forgotten as (
            delete from inbox_lease where address in (
                select l.address from inbox_lease l cross join lateral (select
                    (select count(*) from (select from emails e where e.inbox = l.address limit 1) t)
                    + (select count(*) from (select from private_emails e where e.inbox = l.address limit 1) p)
                ) rest (n)
                where l.expires_at < now() - interval '7 days' and rest.n = 0 and not {IsOnHold}
                limit $1 for update of l skip locked)
            returning address
        ), unused as (delete from inbox where address in (select address from forgotten))
        select count(*)::int from forgotten
        """;

    /// <summary>Completes when what is due is deleted, or as much of it as one run does.</summary>
    /// <returns>False when something is left to do.</returns>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        await using var may = dataSource.CreateCommand(MayRun);
        if (await may.ExecuteScalarAsync(ct) is not true)
        {
            return true;
        }

        var inboxes = await FindDueAsync(ct);
        var isDone = inboxes.Count < InboxesPerRun;
        foreach (var inbox in inboxes)
        {
            isDone &= await DeleteAsync(DeleteTemporary, inbox, ct) & await DeleteAsync(DeletePrivate, inbox, ct);
        }

        return await ForgetAsync(ct) && isDone;
    }

    private async Task<List<string>> FindDueAsync(CancellationToken ct)
    {
        await using var command = Command(FindDue, InboxesPerRun);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var inboxes = new List<string>();
        while (await reader.ReadAsync(ct))
        {
            inboxes.Add(reader.GetString(0));
        }

        return inboxes;
    }

    private async Task<bool> DeleteAsync(string sql, string inbox, CancellationToken ct)
    {
        for (var deletes = 0; deletes < MaxDeletes; deletes++)
        {
            await using var command = Command(sql, inbox, RowsPerDelete);
            if (await command.ExecuteNonQueryAsync(ct) < RowsPerDelete)
            {
                return true;
            }
        }

        return false;
    }

    private async Task<bool> ForgetAsync(CancellationToken ct)
    {
        for (var deletes = 0; deletes < MaxDeletes; deletes++)
        {
            await using var command = Command(Forget, RowsPerDelete);
            if ((int)(await command.ExecuteScalarAsync(ct))! < RowsPerDelete)
            {
                return true;
            }
        }

        return false;
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = dataSource.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
