using Npgsql;

namespace Cybertemp.Mail.Schema;

/// <summary>
/// Deletes expired mail that does not go with its day: to reserved addresses, in quarantine, and of inboxes with an end
/// of their own. By PostgreSQL's clock, a few rows a transaction, and none that anybody else holds, so that nobody
/// waits for it. What is on hold stays. Keeps the webhooks' outbox bounded, too. Thread-safe.
/// </summary>
/// <param name="dataSource">The store.</param>
/// <param name="reservedAge">Mail to reserved addresses that is older goes; zero keeps it.</param>
/// <param name="quarantineAge">Messages in quarantine that are older go; zero keeps them.</param>
internal sealed class RowExpiry(NpgsqlDataSource dataSource, TimeSpan reservedAge, TimeSpan quarantineAge)
{
    /// <summary>The options' names.</summary>
    public const string ReservedAgeKey = "Storage:ReservedRetention";

    public const string QuarantineAgeKey = "Storage:QuarantineRetention";

    private const int RowsPerDelete = 500;
    private const int MaxDeletes = 100;
    private const int InboxesPerRun = 1000;

    // Private mail is told from reserved mail by its address. From one inbox to the next along the index: the private
    // mail, which may be most of the table, is not read.
    private const string FindReserved = """
        with recursive known (inbox) as (
            (select inbox from private_emails order by inbox limit 1)
            union all
            select (select p.inbox from private_emails p where p.inbox > known.inbox order by p.inbox limit 1)
            from known where known.inbox is not null
        )
        select inbox from known
        where inbox is not null
            and not exists (select from private_email where email = inbox)
            and not exists (select from inbox_hold where address = inbox)
            and exists (select from private_emails p where p.inbox = known.inbox and p.received_at < now() - $1)
        limit $2
        """;

    private const string DeleteReserved = """
        delete from private_emails where inbox = $1 and id in (
            select id from private_emails
            where inbox = $1 and received_at < now() - $2 and not exists (select from private_email where email = $1)
            limit $3 for update skip locked)
        """;

    private const string DeleteQuarantine = """
        delete from quarantine where message_uid in (
            select message_uid from quarantine
            where received_at < now() - $1 and not inboxes && array(select address collate "default" from inbox_hold)
            limit $2 for update skip locked)
        """;

    /// <summary>Of both: thirty days.</summary>
    public static readonly TimeSpan DefaultAge = TimeSpan.FromDays(30);

    private readonly LeaseExpiry _leases = new(dataSource);
    private readonly OutboxBound _outbox = new(dataSource);

    /// <summary>Completes when what is due is deleted, or as much of it as one run does.</summary>
    /// <returns>False when something is left to do.</returns>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        await _outbox.RunAsync(OutboxBound.MaxWaiting, ct);
        var isDone = await _leases.RunAsync(ct);
        isDone &= reservedAge <= TimeSpan.Zero || await DeleteReservedAsync(ct);
        return (quarantineAge <= TimeSpan.Zero || await DeleteAsync(DeleteQuarantine, ct, quarantineAge, RowsPerDelete))
            && isDone;
    }

    private async Task<bool> DeleteReservedAsync(CancellationToken ct)
    {
        var inboxes = await FindReservedAsync(ct);
        var isDone = inboxes.Count < InboxesPerRun;
        foreach (var inbox in inboxes)
        {
            isDone &= await DeleteAsync(DeleteReserved, ct, inbox, reservedAge, RowsPerDelete);
        }

        return isDone;
    }

    private async Task<List<string>> FindReservedAsync(CancellationToken ct)
    {
        await using var command = Command(FindReserved, reservedAge, InboxesPerRun);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var inboxes = new List<string>();
        while (await reader.ReadAsync(ct))
        {
            inboxes.Add(reader.GetString(0));
        }

        return inboxes;
    }

    private async Task<bool> DeleteAsync(string sql, CancellationToken ct, params object[] values)
    {
        for (var deletes = 0; deletes < MaxDeletes; deletes++)
        {
            await using var command = Command(sql, values);
            if (await command.ExecuteNonQueryAsync(ct) < RowsPerDelete)
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
