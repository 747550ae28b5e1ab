using Npgsql;

namespace Cybertemp.Mail.Schema;

/// <summary>
/// Leaves new mail out of the outbox of a webhook for which too much waits, also where no web service runs that would
/// tell it. A role that may not leaves it to one that may. Thread-safe.
/// </summary>
internal sealed class OutboxBound(NpgsqlDataSource dataSource)
{
    /// <summary>The most that <c>Webhooks:MaxWaiting</c> can be: some 1.5 GB of PostgreSQL's disk.</summary>
    public const int MaxWaiting = 10_000_000;

    private const string MayRun =
        "select has_table_privilege('webhooks', 'update') and has_table_privilege('webhook_outbox', 'select')";

    // The web service alone tells such a webhook of new mail again: its own bound may be lower.
    private const string Keep = """
        update webhooks w set is_full = true where not is_full and $1 < (
            select count(*) from (select from webhook_outbox o
                where o.webhook_id = w.id and o.dead_at is null limit $1 + 1) waiting)
        """;

    /// <summary>Counts what waits for each webhook that is not full.</summary>
    /// <param name="maxWaiting">Messages for one webhook.</param>
    /// <param name="ct">Leaves it as it was, or done.</param>
    /// <returns>How many webhooks are full from now on.</returns>
    public async Task<int> RunAsync(int maxWaiting, CancellationToken ct)
    {
        await using var may = dataSource.CreateCommand(MayRun);
        if (await may.ExecuteScalarAsync(ct) is not true)
        {
            return 0;
        }

        await using var command = dataSource.CreateCommand(Keep);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = maxWaiting });
        return await command.ExecuteNonQueryAsync(ct);
    }
}
