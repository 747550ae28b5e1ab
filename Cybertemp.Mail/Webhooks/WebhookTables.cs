using Npgsql;

namespace Cybertemp.Mail.Webhooks;

/// <summary>What operators do with webhooks. Thread-safe.</summary>
internal sealed class WebhookTables(NpgsqlDataSource dataSource)
{
    /// <summary>More are refused: each has connections and memory of its own.</summary>
    public const int MaxWebhooks = 1_000;

    private const string Add = """
        insert into webhooks (url, secret, scope, from_part, subject_part)
        select $1, $2, $3, lower($4), lower($5) where (select count(*) from webhooks) < $6
        returning id
        """;

    private const string List = """
        select w.id, w.url, w.scope, w.from_part, w.subject_part, w.is_full,
            (select count(*)::int from (select from webhook_outbox o
                where o.webhook_id = w.id and o.dead_at is null limit 1000000) waiting),
            (select count(*)::int from (select from webhook_outbox o
                where o.webhook_id = w.id and o.dead_at is not null limit 1000000) dead)
        from webhooks w order by w.created_at, w.id
        """;

    private const string Log = """
        select email_id, attempted_at, attempt, outcome, status, milliseconds, error from webhook_log
        where webhook_id = $1 order by id desc limit $2
        """;

    // The day begins anew: otherwise the next failure would be the last one again.
    private const string Retry = """
        update webhook_outbox set dead_at = null, attempts = 0, next_attempt_at = now(), created_at = now()
        where webhook_id = $1 and dead_at is not null
        """;

    /// <summary>Adds a webhook: mail that is committed from then on is told.</summary>
    /// <returns>Its id; null when there are <see cref="MaxWebhooks"/>.</returns>
    public async Task<Guid?> AddAsync(
        Uri url, WebhookSecret secret, WebhookScope scope, (string From, string Subject) parts, CancellationToken ct)
    {
        await using var command = Command(
            Add, url.AbsoluteUri, secret.Reveal(), scope.Text, parts.From, parts.Subject, MaxWebhooks);
        return await command.ExecuteScalarAsync(ct) as Guid?;
    }

    /// <summary>Removes a webhook with all that it is still to be told, and its log.</summary>
    /// <returns>False when there is none.</returns>
    public async Task<bool> RemoveAsync(Guid id, CancellationToken ct)
    {
        await using var remove = Command("delete from webhooks where id = $1", id);
        var isRemoved = await remove.ExecuteNonQueryAsync(ct) > 0;
        foreach (var table in (string[])["webhook_outbox", "webhook_log"])
        {
            await using var rest = Command($"delete from {table} where webhook_id = $1", id);
            rest.CommandTimeout = 0;
            await rest.ExecuteNonQueryAsync(ct);
        }

        return isRemoved;
    }

    /// <summary>Oldest first.</summary>
    public async Task<List<WebhookRow>> ListAsync(CancellationToken ct)
    {
        await using var command = Command(List);
        await using var row = await command.ExecuteReaderAsync(ct);
        var rows = new List<WebhookRow>();
        while (await row.ReadAsync(ct))
        {
            rows.Add(new WebhookRow(
                row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4),
                row.GetBoolean(5), row.GetInt32(6), row.GetInt32(7)));
        }

        return rows;
    }

    /// <summary>The newest attempts, newest first.</summary>
    public async Task<List<WebhookAttempt>> ReadLogAsync(Guid id, int limit, CancellationToken ct)
    {
        await using var command = Command(Log, id, limit);
        await using var row = await command.ExecuteReaderAsync(ct);
        var attempts = new List<WebhookAttempt>();
        while (await row.ReadAsync(ct))
        {
            attempts.Add(AttemptOf(row));
        }

        return attempts;
    }

    /// <summary>Tells again what was given up.</summary>
    /// <returns>How many messages.</returns>
    public async Task<int> RetryAsync(Guid id, CancellationToken ct)
    {
        await using var command = Command(Retry, id);
        return await command.ExecuteNonQueryAsync(ct);
    }

    private static WebhookAttempt AttemptOf(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetDateTime(1), row.GetInt32(2), row.GetString(3),
        row.IsDBNull(4) ? null : row.GetInt32(4), row.GetInt32(5), row.GetString(6));

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
