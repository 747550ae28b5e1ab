using Cybertemp.Mail.Failover;
using Cybertemp.SmtpReceiver.Storage;
using Npgsql;

namespace Cybertemp.SmtpReceiver.Commit;

/// <summary>
/// An open connection of the commit path, with what the server said on it besides results. Used by one at a time.
/// </summary>
internal sealed class CommitConnection : IAsyncDisposable
{
    private readonly TimelineFence _fence;
    private readonly int _generation;

    private CommitConnection(NpgsqlConnection connection, TimelineFence fence, int generation)
    {
        (Connection, _fence, _generation) = (connection, fence, generation);

        // Texts are localised: the routine's name is not.
        connection.Notice += (_, e) => IsStandbyUnconfirmed |= e.Notice.Routine == "SyncRepWaitForLSN";
    }

    public NpgsqlConnection Connection { get; }

    /// <summary>A promotion was seen since it was opened: its server may be a former primary.</summary>
    public bool IsOutdated => _generation != _fence.Generation;

    /// <summary>A commit's wait for its synchronous standby was cut short.</summary>
    public bool IsStandbyUnconfirmed { get; private set; }

    /// <summary>Takes one from the pool.</summary>
    /// <exception cref="NoConnectionException">There is none to be had.</exception>
    public static async Task<CommitConnection> OpenAsync(NpgsqlDataSource dataSource, TimelineFence fence)
    {
        try
        {
            while (true)
            {
                // Before it is opened: afterwards the promotion might be one that it knew nothing of.
                var generation = fence.Generation;
                var connection = new CommitConnection(
                    await dataSource.OpenConnectionAsync(CancellationToken.None), fence, generation);
                if (!connection.IsOutdated)
                {
                    return connection;
                }

                await connection.DisposeAsync();
            }
        }
        catch (Exception ex) when (ex is not OutOfMemoryException)
        {
            throw new NoConnectionException(ex);
        }
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
