using Microsoft.Extensions.Logging;
using Npgsql;

namespace Cybertemp.Mail.Schema;

/// <summary>
/// Makes the days ahead and drops the expired ones, by PostgreSQL's clock, one replica at a time. No step waits for a
/// lock longer than a second, so that neither a long reader nor a backup stalls intake behind it. Thread-safe.
/// </summary>
/// <param name="age">What is older is expired; zero keeps everything.</param>
/// <param name="observe">Told PostgreSQL's time, in UTC, at each run.</param>
internal sealed partial class Retention(
    NpgsqlDataSource dataSource, EmailPartitions partitions, TimeSpan age, Action<DateTime> observe,
    ILogger<Retention> logger)
{
    /// <summary>The option's name.</summary>
    public const string AgeKey = "Storage:Retention";

    private const int DaysAhead = 7;
    private const int Attempts = 3;

    // A clock that jumps must not take the whole store with it before somebody looks.
    private const int MaxDrops = 2;

    /// <summary>A week.</summary>
    public static readonly TimeSpan DefaultAge = TimeSpan.FromDays(7);

    private const string TakeTurn = $"select pg_try_advisory_xact_lock({AdvisoryLocks.Retention}), clock_timestamp()";

    /// <summary>Completes when everything due is done, or cannot be done now.</summary>
    /// <param name="force">Drops all that is expired, not just the oldest two.</param>
    /// <param name="ct">Ends the run between or within steps; the next run goes on.</param>
    /// <returns>False when something is left to do.</returns>
    public async Task<bool> RunAsync(bool force, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var turn = await connection.BeginTransactionAsync(ct);
        if (await TryTakeTurnAsync(connection, ct) is not { } now)
        {
            return true;
        }

        observe(now);
        var today = DateOnly.FromDateTime(now);
        var days = Enumerable.Range(0, DaysAhead + 1).Select(today.AddDays);
        var isDone = await TryAsync(() => partitions.AddDaysAsync(days, ct));
        if (age > TimeSpan.Zero)
        {
            isDone &= await DropExpiredAsync(now - age, force ? int.MaxValue : MaxDrops, ct);
        }

        return isDone;
    }

    private static async Task<DateTime?> TryTakeTurnAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        // A query's portal keeps its snapshot until the next statement, and finishing a detach waits for old snapshots:
        // the transaction must end with a statement that has none.
        await using var batch =
            new NpgsqlBatch(connection) { BatchCommands = { new(TakeTurn), new("set local lock_timeout = 1000") } };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return reader.GetBoolean(0) ? reader.GetDateTime(1) : null;
    }

    private async Task<bool> DropExpiredAsync(DateTime cutoff, int maxDrops, CancellationToken ct)
    {
        var expired = await partitions.FindExpiredAsync(cutoff, ct);
        if (expired.Count > maxDrops)
        {
            LogManyExpired(expired.Count, maxDrops);
        }

        foreach (var partition in expired.Take(maxDrops))
        {
            // Only one detach can be unfinished at a time, so the next day would fail too.
            if (!await TryAsync(() => DropAsync(partition.Name, cutoff, ct)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Looks again: an attempt that was cut short has left the day half detached.</summary>
    private async Task DropAsync(string name, DateTime cutoff, CancellationToken ct)
    {
        foreach (var partition in (await partitions.FindExpiredAsync(cutoff, ct)).Where(p => p.Name == name))
        {
            await partitions.DropAsync(partition, ct);
        }
    }

    private async Task<bool> TryAsync(Func<Task> step)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await step();
                return true;
            }
            catch (Exception ex) when (attempt < Attempts && EmailPartitions.IsLockTimeout(ex))
            {
                LogBusy(attempt);
            }
            catch (Exception ex) when (EmailPartitions.IsLockTimeout(ex))
            {
                LogLater();
                return false;
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Count} days of mail are expired; one run drops {Limit}. If that is right, run: "
        + "cybertemp retention --force")]
    private partial void LogManyExpired(int count, int limit);

    [LoggerMessage(LogLevel.Debug, "A lock that retention needs is not free (attempt {Attempt})")]
    private partial void LogBusy(int attempt);

    [LoggerMessage(LogLevel.Information, "A long reader keeps retention from finishing: the next run goes on")]
    private partial void LogLater();
}
