using Npgsql;

namespace Cybertemp.SmtpReceiver.Storage;

/// <summary>An open connection of the commit path, with what the server said on it besides results. Used by one at a time.</summary>
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

    public static async Task<CommitConnection> OpenAsync(NpgsqlDataSource dataSource) =>
        new(await dataSource.OpenConnectionAsync(CancellationToken.None));

    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
