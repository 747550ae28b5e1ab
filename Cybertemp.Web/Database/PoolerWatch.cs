using Npgsql;

namespace Cybertemp.Web.Database;

/// <summary>
/// Whether connections end at a server process of their own. A pooler answers with a number that is none of its server
/// processes', or not of the one that runs the next statement; there the name of a prepared statement may be somebody
/// else's statement, with other rows to show. Thread-safe.
/// </summary>
internal sealed class PoolerWatch
{
    /// <summary>The number of the process that runs a statement.</summary>
    public const string Process = "pg_backend_pid()";

    private const string Ask = $"select {Process}";

    private volatile bool _hasPooler;

    /// <summary>A connection, one is enough, had no server process of its own.</summary>
    public bool HasPooler => _hasPooler;

    /// <summary>Asks a new connection.</summary>
    public void Check(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(Ask, connection);
        Observe(connection, (int)command.ExecuteScalar()!);
    }

    /// <inheritdoc cref="Check"/>
    public async Task CheckAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Ask, connection);
        Observe(connection, (int)(await command.ExecuteScalarAsync())!);
    }

    /// <summary>False when the process is not the one that the connection was opened to.</summary>
    public bool Observe(NpgsqlConnection connection, int process)
    {
        if (process != connection.ProcessID)
        {
            _hasPooler = true;
        }

        return process == connection.ProcessID;
    }
}
