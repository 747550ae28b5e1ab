using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace Cybertemp.SmtpReceiver.Storage.Maintenance;

/// <summary>
/// Brings <see cref="LastReceived"/> to <c>inbox.last_received_at</c> every few seconds and at the end.
/// </summary>
internal sealed partial class LastReceivedFlusher(
    LastReceived lastReceived,
    NpgsqlDataSource dataSource,
    TimeProvider timeProvider,
    IOptions<StorageOptions> options,
    ILogger<LastReceivedFlusher> logger) : BackgroundService
{
    private const int RowsPerStatement = 2000;

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

    public async Task FlushAsync(CancellationToken ct)
    {
        foreach (var rows in lastReceived.Take().Chunk(RowsPerStatement))
        {
            await FlushAsync(rows, ct);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryFlushAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.LastReceivedInterval, timeProvider);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryFlushAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped();
        }
    }

    private async Task FlushAsync(KeyValuePair<string, DateTime>[] rows, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(Flush);
        command.Parameters.Add(new NpgsqlParameter<string[]>
        {
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
            TypedValue = Array.ConvertAll(rows, r => r.Key),
        });
        command.Parameters.Add(new NpgsqlParameter<DateTime[]>
        {
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
            TypedValue = Array.ConvertAll(rows, r => r.Value),
        });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            lastReceived.Note(reader.GetString(0), reader.GetDateTime(1));
        }
    }

    private async Task TryFlushAsync(CancellationToken ct)
    {
        try
        {
            await FlushAsync(ct);
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
