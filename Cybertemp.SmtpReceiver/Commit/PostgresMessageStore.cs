using System.Collections.Concurrent;
using Cybertemp.Mail.Failover;
using Cybertemp.Mail.Schema;
using Cybertemp.SmtpReceiver.Commit.Pending;
using Cybertemp.SmtpReceiver.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Cybertemp.SmtpReceiver.Commit;

/// <summary>The tables. The only place that writes messages. Thread-safe.</summary>
internal sealed partial class PostgresMessageStore : IMessageStore, IAsyncDisposable
{
    private readonly NpgsqlDataSource _dataSource;
    private readonly TimelineFence _fence;
    private readonly EmailPartitions _partitions;
    private readonly StorageClock _clock;
    private readonly StorageOptions _options;
    private readonly ILogger<PostgresMessageStore> _logger;

    // The pool hands out the connection that was idle longest; a writer does better with the one it used last, whose
    // server process has everything at hand. At most one for each writer.
    private readonly ConcurrentStack<CommitConnection> _idle = new();
    private bool _prepares;

    public PostgresMessageStore(
        NpgsqlDataSource dataSource,
        TimelineFence fence,
        EmailPartitions partitions,
        StorageClock clock,
        IOptions<StorageOptions> options,
        ILogger<PostgresMessageStore> logger)
    {
        (_dataSource, _fence, _partitions, _clock) = (dataSource, fence, partitions, clock);
        (_options, _logger) = (options.Value, logger);
        _prepares = _options.PrepareStatements;
        _fence.OnPromotion(_dataSource.Clear);
    }

    public Task InsertAsync(MessageBatch batch) =>
        ExecuteAsync(connection => BatchCommand.Create(connection, batch, _options));

    public Task QuarantineAsync(PendingMessage message, StorageFailure failure) =>
        ExecuteAsync(connection => BatchCommand.CreateQuarantine(connection, message, failure, _options));

    public Task AddMissingDaysAsync(MessageBatch batch) =>
        _partitions.AddDaysAsync(
            batch.Messages.Select(m => DateOnly.FromDateTime(m.ReceivedAt.UtcDateTime)).Distinct(),
            CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        while (_idle.TryPop(out var connection))
        {
            await connection.DisposeAsync();
        }
    }

    /// <summary>Completes when the transaction is as durable as <c>synchronous_commit</c> asks.</summary>
    /// <exception cref="StandbyUnconfirmedException">The commit is on one machine only.</exception>
    /// <exception cref="NpgsqlException">It failed, or may be on a former primary only.</exception>
    private async Task ExecuteAsync(Func<NpgsqlConnection, NpgsqlBatch> create)
    {
        var connection = await TakeConnectionAsync();
        var isReusable = false;
        try
        {
            await ExecuteAsync(connection, create);
            isReusable = _idle.Count < _options.Writers + BatchWriter.OtherWriters;
        }
        finally
        {
            if (isReusable)
            {
                _idle.Push(connection);
            }
            else
            {
                await connection.DisposeAsync();
            }
        }
    }

    private async Task ExecuteAsync(CommitConnection connection, Func<NpgsqlConnection, NpgsqlBatch> create)
    {
        await using var command = create(connection.Connection);
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

        if (connection.IsStandbyUnconfirmed)
        {
            throw new StandbyUnconfirmedException();
        }

        if (connection.IsOutdated)
        {
            throw new NpgsqlException("A standby was promoted meanwhile, and may not have the commit");
        }
    }

    private async Task<CommitConnection> TakeConnectionAsync()
    {
        while (_idle.TryPop(out var idle))
        {
            if (!idle.IsOutdated)
            {
                return idle;
            }

            await idle.DisposeAsync();
        }

        return await CommitConnection.OpenAsync(_dataSource, _fence);
    }

    /// <summary>
    /// Completes when the server is ready for the next query, which is after the implicit transaction's commit.
    /// </summary>
    private async Task ReadToEndAsync(NpgsqlBatch command)
    {
        await using var reader = await command.ExecuteReaderAsync(CancellationToken.None);
        await reader.ReadAsync(CancellationToken.None);
        _clock.Observe(reader.GetDateTime(0));
        while (await reader.NextResultAsync(CancellationToken.None))
        {
            // Only the end matters.
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "A pooler lost a prepared statement (SQLSTATE {SqlState}): statements are no longer prepared")]
    private partial void LogPooler(string sqlState);
}
