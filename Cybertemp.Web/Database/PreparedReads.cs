using Microsoft.Extensions.Options;
using Npgsql;

namespace Cybertemp.Web.Database;

/// <summary>
/// Runs the statements that readers repeat: prepared, and planned once for each connection, since planning them for all
/// partitions takes longer than executing them. Behind a pooler they are as any other. Thread-safe.
/// </summary>
internal sealed partial class PreparedReads(
    PoolerWatch pooler, IOptions<WebOptions> options, ILogger<PreparedReads> logger)
{
    /// <summary>
    /// For this transaction only. A plan is kept while its table grows from nothing, so it must not read tables whole.
    /// </summary>
    private const string Plan = $"""
        select {PoolerWatch.Process}, set_config('plan_cache_mode', 'force_generic_plan', true),
            set_config('enable_seqscan', 'off', true)
        """;

    private int _isOff = options.Value.PrepareStatements ? 0 : 1;

    private bool IsOff => Volatile.Read(ref _isOff) != 0;

    /// <summary>Runs statements in one round trip and reads their results.</summary>
    /// <param name="source">Where they run.</param>
    /// <param name="commands">Makes them; more than once where a pooler is met. Their texts are few.</param>
    /// <param name="read">Begins at the result of the first.</param>
    /// <param name="ct">Ends the statements.</param>
    public async Task<T> RunAsync<T>(
        NpgsqlDataSource source, Func<NpgsqlBatchCommand[]> commands, Func<NpgsqlDataReader, Task<T>> read,
        CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        if (pooler.HasPooler)
        {
            TurnOff("a connection has no server process of its own");
        }

        if (!IsOff)
        {
            try
            {
                return await RunPreparedAsync(connection, commands(), read, ct);
            }
            catch (NpgsqlException ex) when (pooler.HasPooler || IsLost(ex.SqlState))
            {
                TurnOff(ex.Message);
            }
        }

        await using var batch = Batch(connection, commands());
        await using var reader = await batch.ExecuteReaderAsync(ct);
        return await read(reader);
    }

    private async Task<T> RunPreparedAsync<T>(
        NpgsqlConnection connection, NpgsqlBatchCommand[] commands, Func<NpgsqlDataReader, Task<T>> read,
        CancellationToken ct)
    {
        await using var batch = Batch(connection, [new(Plan), .. commands]);
        await batch.PrepareAsync(ct);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        if (!pooler.Observe(connection, reader.GetInt32(0)))
        {
            throw new NpgsqlException("A pooler gave the connection another server process");
        }

        await reader.NextResultAsync(ct);
        return await read(reader);
    }

    private static NpgsqlBatch Batch(NpgsqlConnection connection, NpgsqlBatchCommand[] commands)
    {
        var batch = connection.CreateBatch();
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        return batch;
    }

    /// <summary>Gone, there already under a pooler's other client, or of a table that was changed meanwhile.</summary>
    private static bool IsLost(string? sqlState) => sqlState is
        PostgresErrorCodes.InvalidSqlStatementName or PostgresErrorCodes.DuplicatePreparedStatement
            or PostgresErrorCodes.FeatureNotSupported;

    private void TurnOff(string reason)
    {
        if (Interlocked.Exchange(ref _isOff, 1) == 0)
        {
            LogNotPrepared(reason);
        }
    }

    [LoggerMessage(LogLevel.Information, "Statements are planned each time they run: {Reason}")]
    private partial void LogNotPrepared(string reason);
}
