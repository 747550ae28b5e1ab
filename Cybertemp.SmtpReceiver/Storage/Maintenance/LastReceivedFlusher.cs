using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace Cybertemp.SmtpReceiver.Storage.Maintenance;

/// <summary>
/// Brings <see cref="LastReceived"/> to <c>inbox.last_received_at</c>, and all of it at the end. Many inboxes at once
/// would keep PostgreSQL from the commits beside them, so what was noted in one interval is written in small statements
/// spread over the next.
/// </summary>
internal sealed partial class LastReceivedFlusher(
    LastReceived lastReceived,
    NpgsqlDataSource dataSource,
    TimeProvider timeProvider,
    IOptions<StorageOptions> options,
    ILogger<LastReceivedFlusher> logger) : BackgroundService
{
    private const int RowsPerStatement = 250;

    // What is lost with the process anyway need not wait for the disk, nor let a commit beside it wait.
    private const string WithoutWaiting = "select set_config('synchronous_commit', 'off', true)";

    // Rows that somebody else holds are left for the next flush instead of waited for: the statement returns them. The
    // first look-up is a scalar sub-query on purpose: an index probe a row, where a join reads all inboxes there are.
    private const string Flush = """
        with newer as materialized (
            select n.address, n.received_at from unnest($1, $2) as n (address, received_at)
            where (select i.last_received_at from inbox i where i.address = n.address) < n.received_at
        ), free as materialized (
            select i.address, n.received_at from newer n join inbox i on i.address = n.address
            for no key update of i skip locked
        ), flushed as (
            update inbox i set last_received_at = f.received_at from free f
            where i.address = f.address and i.last_received_at < f.received_at
        )
        select address, received_at from newer where address not in (select address from free)
        """;

    private readonly Queue<KeyValuePair<string, DateTime>[]> _taken = new();

    /// <summary>Writes all that is noted, without pauses.</summary>
    public async Task FlushAsync(CancellationToken ct)
    {
        TakeNoted();
        for (var left = _taken.Count; left > 0; left--)
        {
            await FlushAsync(_taken.Dequeue(), ct);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(FlushAsync(cancellationToken));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                TakeNoted();
                var pause = options.Value.LastReceivedInterval / Math.Max(_taken.Count, 1);
                do
                {
                    await Task.Delay(pause, timeProvider, stoppingToken);
                    await FlushNextAsync(stoppingToken);
                }
                while (_taken.Count > 0);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped();
        }
    }

    private async Task FlushAsync(KeyValuePair<string, DateTime>[] rows, CancellationToken ct)
    {
        await using var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(WithoutWaiting));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Flush)
        {
            Parameters =
            {
                new NpgsqlParameter<string[]>
                {
                    NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
                    TypedValue = Array.ConvertAll(rows, r => r.Key),
                },
                new NpgsqlParameter<DateTime[]>
                {
                    NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
                    TypedValue = Array.ConvertAll(rows, r => r.Value),
                },
            },
        });
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            lastReceived.Note(reader.GetString(0), reader.GetDateTime(1));
        }
    }

    private async Task FlushNextAsync(CancellationToken ct)
    {
        if (_taken.TryDequeue(out var rows))
        {
            await TryAsync(FlushAsync(rows, ct));
        }
    }

    private void TakeNoted()
    {
        foreach (var rows in lastReceived.Take().Chunk(RowsPerStatement))
        {
            _taken.Enqueue(rows);
        }
    }

    private async Task TryAsync(Task flush)
    {
        try
        {
            await flush;
        }
        catch (Exception ex) when (ex is NpgsqlException or OperationCanceledException)
        {
            LogLost(ex);
        }
    }

    [LoggerMessage(LogLevel.Debug, "Flushing last_received_at failed: these inboxes catch up with their next mail")]
    private partial void LogLost(Exception exception);

    [LoggerMessage(LogLevel.Debug, "Flushing last_received_at ends")]
    private partial void LogStopped();
}
