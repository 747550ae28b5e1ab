using Cybertemp.SmtpReceiver.Storage;
using Npgsql;

namespace Cybertemp.SmtpReceiver.Commit;

/// <summary>
/// An open connection of the commit path, with what the server said on it besides results. Used by one at a time.
/// </summary>
internal sealed class CommitConnection : IAsyncDisposable
{
    private CommitConnection(NpgsqlConnection connection)
    {
        Connection = connection;

        // Texts are localised: the routine's name is not.
        connection.Notice += (_, e) => IsStandbyUnconfirmed |= e.Notice.Routine == "SyncRepWaitForLSN";
    }

    public NpgsqlConnection Connection { get; }

    /// <summary>A commit's wait for its synchronous standby was cut short.</summary>
    public bool IsStandbyUnconfirmed { get; private set; }

    /// <summary>Takes one from the pool.</summary>
    /// <exception cref="NoConnectionException">There is none to be had.</exception>
    public static async Task<CommitConnection> OpenAsync(NpgsqlDataSource dataSource)
    {
        try
        {
            return new(await dataSource.OpenConnectionAsync(CancellationToken.None));
        }
        catch (Exception ex) when (ex is not OutOfMemoryException)
        {
            throw new NoConnectionException(ex);
        }
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
