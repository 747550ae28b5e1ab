using System.Runtime.ExceptionServices;
using Cybertemp.ServiceDefaults;
using Cybertemp.Web.Database;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Cybertemp.Web.Webhooks;

/// <summary>
/// Gives up what nobody could be told for too long, leaves new mail out where too much waits, and keeps outbox and log
/// within their bounds. Replicas do it each, and find little that another has left.
/// </summary>
internal sealed partial class WebhookUpkeep(
    MailDatabase database, WebhookMetrics metrics, IOptions<WebhookOptions> options, TimeProvider time,
    ILogger<WebhookUpkeep> logger)
    : BackgroundService
{
    private const int RowsPerStatement = 10_000;
    private const int MaxStatements = 100;

    // Of the rows that were never tried the due time is that of the mail; the others are given up as they fail.
    private const string GiveUp = """
        update webhook_outbox set dead_at = now() where (webhook_id, email_id) in (
            select o.webhook_id, o.email_id from webhooks w cross join lateral (
                select webhook_id, email_id from webhook_outbox
                where webhook_id = w.id and dead_at is null and next_attempt_at < now() - $2
                order by next_attempt_at limit $1 for update skip locked) o
            limit $1)
        """;

    private const string Bound = """
        with counted as (
            select w.id, w.is_full, (select count(*) from (select from webhook_outbox o
                where o.webhook_id = w.id and o.dead_at is null limit $1 + 1) waiting) as waiting
            from webhooks w
        ), changed as (
            update webhooks w set is_full = c.waiting > $1 from counted c
            where c.id = w.id and (c.waiting > $1) <> c.is_full and (c.waiting > $1 or c.waiting < $1 * 0.9)
        )
        select coalesce(sum(waiting), 0)::bigint,
            (select count(*) from (select from webhook_outbox where dead_at is not null limit 1000000) dead),
            count(*) filter (where waiting > $1)::int
        from counted
        """;

    private const string ForgetDead = """
        delete from webhook_outbox where (webhook_id, email_id) in (
            select webhook_id, email_id from webhook_outbox where dead_at < now() - $2 order by dead_at limit $1)
        """;

    // From one webhook to the next along the index: what a removed one has left is found without reading the others.
    private const string ForgetRemoved = """
        with recursive known (id) as (
            (select webhook_id from webhook_outbox order by webhook_id limit 1)
            union all
            select (select o.webhook_id from webhook_outbox o where o.webhook_id > known.id
                order by o.webhook_id limit 1)
            from known where known.id is not null
        )
        delete from webhook_outbox where (webhook_id, email_id) in (
            select o.webhook_id, o.email_id from known cross join lateral (
                select webhook_id, email_id from webhook_outbox where webhook_id = known.id limit $1) o
            where not exists (select from webhooks w where w.id = known.id)
            limit $1)
        """;

    private const string ForgetOldAttempts = """
        delete from webhook_log where id in (
            select id from (select id, attempted_at from webhook_log order by id limit $1) oldest
            where attempted_at < now() - $2)
        """;

    private const string ForgetManyAttempts = """
        delete from webhook_log where id in (
            select l.id from webhooks w cross join lateral (
                select id from webhook_log where webhook_id = w.id order by id desc offset $2 limit $1) l
            limit $1)
        """;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly StateChange _state = new(time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (options.Value.Deliver && !stoppingToken.IsCancellationRequested)
        {
            await TryRunAsync(stoppingToken);
            await Task.Delay(Interval * (0.75 + (Random.Shared.NextDouble() / 2)), time, stoppingToken);
        }
    }

    /// <summary>Once; any number may at a time. What one step cannot do keeps no other from being done.</summary>
    /// <exception cref="NpgsqlException">Of the last step that failed.</exception>
    public async Task RunAsync(CancellationToken ct)
    {
        var limits = options.Value;
        Exception? failure = null;
        Func<Task>[] steps =
        [
            () => BoundAsync(limits.MaxWaiting, ct),
            async () => metrics.GivenUp(await RepeatAsync(GiveUp, limits.GiveUpAfter, ct)),
            () => RepeatAsync(ForgetDead, limits.LogRetention, ct),
            () => RepeatAsync(ForgetRemoved, null, ct),
            () => RepeatAsync(ForgetOldAttempts, limits.LogRetention, ct),
            () => RepeatAsync(ForgetManyAttempts, limits.MaxLogEntries, ct),
        ];
        foreach (var step in steps)
        {
            try
            {
                await step();
            }
            catch (Exception ex) when (ex is NpgsqlException or TimeoutException)
            {
                failure = ex;
            }
        }

        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    private async Task TryRunAsync(CancellationToken ct)
    {
        try
        {
            await RunAsync(ct);
            _state.IsNews(isFailing: false);
        }
        catch (Exception ex) when (ex is NpgsqlException or TimeoutException)
        {
            if (_state.IsNews(isFailing: true))
            {
                LogFailing(FailureReason.Of(ex));
            }
        }
    }

    private async Task BoundAsync(int maxWaiting, CancellationToken ct)
    {
        await using var command = Command(Bound, maxWaiting);
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        metrics.Seen(row.GetInt64(0), row.GetInt64(1));
        if (row.GetInt32(2) is > 0 and var full)
        {
            LogFull(full, maxWaiting);
        }
    }

    /// <summary>A transaction for some rows each, until there are none; the rest is left to the next run.</summary>
    private async Task<int> RepeatAsync(string sql, object? limit, CancellationToken ct)
    {
        var (total, done) = (0, RowsPerStatement);
        for (var i = 0; i < MaxStatements && done == RowsPerStatement; i++)
        {
            await using var command = Command(sql, limit is null ? [RowsPerStatement] : [RowsPerStatement, limit]);
            done = await command.ExecuteNonQueryAsync(ct);
            total += done;
        }

        return total;
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = database.Main.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    [LoggerMessage(
        LogLevel.Warning,
        "{Count} webhooks have more than {Limit} messages waiting: they are not told of new mail")]
    private partial void LogFull(int count, int limit);

    [LoggerMessage(LogLevel.Warning, "The upkeep of webhooks could not run: {Reason}")]
    private partial void LogFailing(string reason);
}
