using Microsoft.Extensions.Options;
using Npgsql;

namespace Cybertemp.SmtpReceiver.Storage.Maintenance;

/// <summary>Looks at the size, the days and the settings of the database now and then.</summary>
internal sealed partial class StorageMonitor(
    NpgsqlDataSource dataSource,
    DatabaseState state,
    StorageMetrics metrics,
    TimeProvider timeProvider,
    IOptions<StorageOptions> options,
    ILogger<StorageMonitor> logger) : BackgroundService
{
    private const string Look = """
        select pg_database_size(current_database()),
            (select string_agg(name, ',' order by name) from pg_settings
                where name in ('fsync', 'full_page_writes') and setting = 'off'),
            (select attcompression = 'l' from pg_attribute where attrelid = to_regclass('emails') and attname = 'raw'),
            count(day)::int, today - min(day), max(day) - today, coalesce(bool_or(day = today + 1), false)
        from (select (now() at time zone 'UTC')::date) clock (today)
        left join (
            select to_date(right(relname, 8), 'YYYYMMDD')
            from pg_inherits join pg_class on oid = inhrelid
            where inhparent = to_regclass('emails') and not inhdetachpending and relname ~ '^emails_\d{8}$'
        ) partition (day) on true
        group by today
        """;

    private readonly StorageOptions _options = options.Value;
    private bool _hasWarnedOfCompression;

    public async Task LookAsync(CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(Look);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        ObserveSize(reader.GetInt64(0));
        ObserveSettings(await reader.IsDBNullAsync(1, ct) ? [] : reader.GetString(1).Split(','));
        if (!await reader.IsDBNullAsync(2, ct) && !reader.GetBoolean(2) && !_hasWarnedOfCompression)
        {
            _hasWarnedOfCompression = true;
            LogSlowCompression();
        }

        metrics.Days = new(
            reader.GetInt32(3), await FindDaysAsync(reader, 4, ct), await FindDaysAsync(reader, 5, ct),
            reader.GetBoolean(6));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception ex) when (ex is NpgsqlException or OperationCanceledException)
            {
                LogNoLook(ex);
            }

            await Task.Delay(_options.MonitorInterval, timeProvider, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<int?> FindDaysAsync(NpgsqlDataReader reader, int column, CancellationToken ct) =>
        await reader.IsDBNullAsync(column, ct) ? null : reader.GetInt32(column);

    private void ObserveSize(long bytes)
    {
        metrics.DatabaseBytes = bytes;
        var isFull = _options.MaxDatabaseBytes > 0 && bytes >= _options.MaxDatabaseBytes;
        if (isFull && !state.IsFull)
        {
            LogFull(bytes, _options.MaxDatabaseBytes);
        }
        else if (state.IsFull && !isFull)
        {
            LogNoLongerFull(bytes);
        }

        state.IsFull = isFull;
    }

    private void ObserveSettings(string[] off)
    {
        if (off.Length > 0 && state.Weaknesses.Count == 0)
        {
            LogWeak(string.Join(", ", off));
        }

        state.Weaknesses = off;
    }

    [LoggerMessage(
        LogLevel.Error, "The database has {Bytes} bytes, Storage:MaxDatabaseBytes is {Limit}: mail is refused for now")]
    private partial void LogFull(long bytes, long limit);

    [LoggerMessage(LogLevel.Information, "The database has {Bytes} bytes: mail is taken again")]
    private partial void LogNoLongerFull(long bytes);

    [LoggerMessage(
        LogLevel.Warning,
        "PostgreSQL runs with {Settings} off: a crash of its machine can lose mail that was acknowledged")]
    private partial void LogWeak(string settings);

    [LoggerMessage(LogLevel.Warning, "PostgreSQL offers no lz4: pglz costs it more than twice the time per row")]
    private partial void LogSlowCompression();

    [LoggerMessage(LogLevel.Debug, "The database could not be looked at")]
    private partial void LogNoLook(Exception exception);
}
