using Cybertemp.ServiceDefaults;
using Npgsql;

namespace Cybertemp.Sync.Sources.Postgres;

/// <summary>
/// Raises the signal on each NOTIFY of the tables' triggers, and on each new connection, since notifications are lost
/// while there is none.
/// </summary>
internal sealed partial class PostgresListener(
    [FromKeyedServices(PostgresListener.DataSourceName)] NpgsqlDataSource dataSource,
    ReloadSignal signal,
    TimeProvider time,
    ILogger<PostgresListener> logger) : BackgroundService
{
    /// <summary>Named in the triggers that the receiver's migrations create.</summary>
    public const string Channel = "cybertemp_filters";

    /// <summary>A connection string of its own, when the usual one leads through a transaction pooler.</summary>
    public const string DataSourceName = "cybertemp-direct";

    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    /// <summary>A connection that has been silent this long is asked for an answer.</summary>
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(10);

    private readonly StateChange _state = new(time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception ex) when (!stoppingToken.IsCancellationRequested)
            {
                ReportAway(ex);
                await Task.Delay(RetryInterval, time, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        connection.Notification += (_, _) => signal.Raise();
        await ExecuteAsync(connection, $"listen {Channel}", ct);
        signal.Raise();
        while (true)
        {
            ReportBack();
            if (!await connection.WaitAsync(ProbeInterval, ct))
            {
                await ExecuteAsync(connection, "select 1", ct);
            }
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command =
            new NpgsqlCommand(sql, connection) { CommandTimeout = (int)ProbeInterval.TotalSeconds };
        await command.ExecuteNonQueryAsync(ct);
    }

    private void ReportAway(Exception ex)
    {
        if (_state.IsNews(isFailing: true))
        {
            LogAway(FailureReason.Of(ex));
        }
    }

    private void ReportBack()
    {
        if (_state.IsNews(isFailing: false))
        {
            LogBack();
        }
    }

    [LoggerMessage(
        LogLevel.Warning, "Not listening for changes of the filter tables: the poll has to find them ({Reason})")]
    private partial void LogAway(string reason);

    [LoggerMessage(LogLevel.Information, "Listening for changes of the filter tables again")]
    private partial void LogBack();
}
