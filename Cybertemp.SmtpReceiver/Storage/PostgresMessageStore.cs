using Microsoft.Extensions.Options;
using Npgsql;

namespace Cybertemp.SmtpReceiver.Storage;

/// <summary>The tables. The only place that writes messages. Thread-safe.</summary>
internal sealed partial class PostgresMessageStore(
    NpgsqlDataSource dataSource,
    EmailPartitions partitions,
    StorageClock clock,
    IOptions<StorageOptions> options,
    ILogger<PostgresMessageStore> logger) : IMessageStore
{
    private readonly StorageOptions _options = options.Value;
    private bool _prepares = options.Value.PrepareStatements;

    public async Task InsertAsync(MessageBatch batch)
    {
        await using var connection = await dataSource.OpenConnectionAsync(CancellationToken.None);
        await using var command = BatchCommand.Create(connection, batch, _options);
        await ExecuteAsync(connection, command);
    }

    public async Task QuarantineAsync(PendingMessage message, StorageFailure failure)
    {
        await using var connection = await dataSource.OpenConnectionAsync(CancellationToken.None);
        await using var command = BatchCommand.CreateQuarantine(connection, message, failure, _options);
        await ExecuteAsync(connection, command);
    }

    public Task AddMissingDaysAsync(MessageBatch batch) =>
        partitions.AddDaysAsync(batch.Messages.Select(m => DateOnly.FromDateTime(m.ReceivedAt.UtcDateTime)).Distinct(), CancellationToken.None);

    /// <summary>Completes when the transaction is as durable as <c>synchronous_commit</c> asks.</summary>
    /// <exception cref="StandbyUnconfirmedException">The commit is on one machine only.</exception>
    private async Task ExecuteAsync(NpgsqlConnection connection, NpgsqlBatch command)
    {
        var isUnconfirmed = false;
        connection.Notice += (_, e) => isUnconfirmed |= e.Notice.Routine == "SyncRepWaitForLSN";
        try
        {
            if (Volatile.Read(ref _prepares))
            {
                await command.PrepareAsync(CancellationToken.None);
            }

            await ReadToEndAsync(command);
        }
        catch (PostgresException ex) when (StorageFailure.Of(ex).Kind is StorageFailureKind.LostStatement)
        {
            Volatile.Write(ref _prepares, false);
            LogPooler(ex.SqlState);
            throw;
        }

        if (isUnconfirmed)
        {
            throw new StandbyUnconfirmedException();
        }
    }

    /// <summary>Completes when the server is ready for the next query, which is after the implicit transaction's commit.</summary>
    private async Task ReadToEndAsync(NpgsqlBatch command)
    {
        await using var reader = await command.ExecuteReaderAsync(CancellationToken.None);
        await reader.ReadAsync(CancellationToken.None);
        clock.Observe(reader.GetDateTime(0));
        while (await reader.NextResultAsync(CancellationToken.None))
        {
            // Only the end matters.
        }
    }

    [LoggerMessage(LogLevel.Warning, "A pooler lost a prepared statement (SQLSTATE {SqlState}): statements are no longer prepared")]
    private partial void LogPooler(string sqlState);
}
