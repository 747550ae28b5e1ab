using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Cybertemp.Mail.Schema;

/// <summary>The partitions of <c>emails</c>, one per UTC day. Thread-safe.</summary>
internal sealed partial class EmailPartitions(NpgsqlDataSource dataSource, ILogger<EmailPartitions> logger)
{
    private const string LimitLockWait = "select set_config('lock_timeout', '1000', true)";

    // The bound is read in the zone and style that this transaction prints it in. A detached table counts only with our
    // mark: what an operator detaches for an archive is not ours to drop.
    private const string FindExpired = """
        select c.relname::text, c.relispartition, coalesce(i.inhdetachpending, false)
        from pg_class c
        left join pg_inherits i on i.inhrelid = c.oid
        where c.relnamespace = (select relnamespace from pg_class where oid = 'emails'::regclass)
            and c.relkind = 'r' and c.relname ~ '^emails_\d{8}$'
            and case when c.relispartition and i.inhparent = 'emails'::regclass
                then (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'TO \(''([^'']+)''\)'))[1]::timestamptz <= $1
                else obj_description(c.oid, 'pg_class') = 'expired'
                    and (to_date(right(c.relname, 8), 'YYYYMMDD') + 1)::timestamptz <= $1 end
        order by c.relname
        """;

    /// <summary>Makes the days that are missing; a lock that is not free within a second is an exception.</summary>
    public async Task AddDaysAsync(IEnumerable<DateOnly> days, CancellationToken ct)
    {
        foreach (var day in days)
        {
            await using var batch = dataSource.CreateBatch();
            batch.BatchCommands.Add(new NpgsqlBatchCommand(LimitLockWait));
            batch.BatchCommands.Add(new NpgsqlBatchCommand("select emails_add_day($1)")
            {
                Parameters = { new NpgsqlParameter<DateOnly> { NpgsqlDbType = NpgsqlDbType.Date, TypedValue = day } },
            });
            await using var reader = await batch.ExecuteReaderAsync(ct);
            await reader.NextResultAsync(ct);
            if (await reader.ReadAsync(ct) && reader.GetBoolean(0))
            {
                LogAdded(day);
            }

            await reader.NextResultAsync(ct);
        }
    }

    /// <summary>The days that ended before <paramref name="cutoff"/>, oldest first.</summary>
    public async Task<List<EmailPartition>> FindExpiredAsync(DateTime cutoff, CancellationToken ct)
    {
        await using var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            "select set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO, YMD', true)"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(FindExpired)
        {
            Parameters =
            {
                new NpgsqlParameter<DateTime> { NpgsqlDbType = NpgsqlDbType.TimestampTz, TypedValue = cutoff },
            },
        });
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        var expired = new List<EmailPartition>();
        while (await reader.ReadAsync(ct))
        {
            expired.Add(new(reader.GetString(0), reader.GetBoolean(1), reader.GetBoolean(2)));
        }

        return expired;
    }

    /// <summary>
    /// Detaches the day, keeps what is on hold, and drops it. Each step can be taken up again after a failure.
    /// </summary>
    public async Task DropAsync(EmailPartition partition, CancellationToken ct)
    {
        if (partition.IsAttached && !partition.IsDetaching)
        {
            await ExecuteAsync(ct, LimitLockWait, $"comment on table {partition.Name} is 'expired'");
            await DetachAsync(partition, ct);
        }
        else if (partition.IsDetaching)
        {
            await ExecuteAsync(ct, LimitLockWait, $"alter table emails detach partition {partition.Name} finalize");
        }

        await ExecuteAsync(
            ct,
            LimitLockWait,
            $"insert into held_emails select * from {partition.Name} where inbox in (select address from inbox_hold) "
                + "on conflict do nothing",
            $"drop table {partition.Name}");
        LogDropped(partition.Name);
    }

    public static bool IsLockTimeout(Exception exception) =>
        exception is TimeoutException
            or PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled };

    /// <summary>
    /// A concurrent detach cannot be in a transaction, so its limit is the client's: what it waits for are transactions
    /// that may read the day, and meanwhile it keeps new days from being attached.
    /// </summary>
    private async Task DetachAsync(EmailPartition partition, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(
            $"alter table emails detach partition {partition.Name} concurrently", connection)
        {
            CommandTimeout = 1,
        };
        try
        {
            await command.ExecuteNonQueryAsync(ct);
        }
        catch (NpgsqlException ex) when (ex.InnerException is TimeoutException)
        {
            // To be told from a pool without a free connection, which looks the same.
            throw new TimeoutException("Transactions that may read the day keep it attached.", ex);
        }
    }

    private async Task ExecuteAsync(CancellationToken ct, params string[] statements)
    {
        await using var batch = dataSource.CreateBatch();
        foreach (var statement in statements)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        }

        await batch.ExecuteNonQueryAsync(ct);
    }

    [LoggerMessage(LogLevel.Information, "Made the partition of {Day}")]
    private partial void LogAdded(DateOnly day);

    [LoggerMessage(LogLevel.Information, "Dropped the expired partition {Name}")]
    private partial void LogDropped(string name);
}
