using Npgsql;
using NpgsqlTypes;

namespace Cybertemp.SmtpReceiver.Storage;

/// <summary>The partitions of <c>emails</c>, one per UTC day. Thread-safe.</summary>
internal sealed partial class EmailPartitions(NpgsqlDataSource dataSource, ILogger<EmailPartitions> logger)
{
    /// <summary>Makes the days that are missing; a lock that is not free within a second is an exception.</summary>
    public async Task AddDaysAsync(IEnumerable<DateOnly> days, CancellationToken ct)
    {
        foreach (var day in days)
        {
            await using var batch = dataSource.CreateBatch();
            batch.BatchCommands.Add(new NpgsqlBatchCommand("select set_config('lock_timeout', '1000', true)"));
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

    [LoggerMessage(LogLevel.Information, "Made the partition of {Day}")]
    private partial void LogAdded(DateOnly day);
}
