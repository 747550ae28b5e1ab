using Npgsql;

namespace Cybertemp.Mail.Failover;

/// <summary>The servers of a connection string, each one alone and whatever it is at the moment.</summary>
/// <param name="ConnectionStrings">Without a pool.</param>
internal sealed record DatabaseServers(IReadOnlyList<string> ConnectionStrings)
{
    private const int TimeoutSeconds = 2;

    public static DatabaseServers Of(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "cybertemp-timelines",
            Pooling = false,
            Timeout = TimeoutSeconds,
            CommandTimeout = TimeoutSeconds,
        };
        settings.Remove("Target Session Attributes");
        settings.Remove("Load Balance Hosts");
        var all = settings.ConnectionString;
        return new(
        [
            .. (settings.Host ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(host => new NpgsqlConnectionStringBuilder(all) { Host = host }.ConnectionString),
        ]);
    }

    /// <summary>
    /// Asks all of several for their timelines: the first one that believes to be the primary need not be the last one
    /// that became it. One that is away says nothing, and one that is behind is refused: both are what is expected.
    /// </summary>
    /// <param name="fence">Remembers what they say.</param>
    /// <param name="untold">Called with the reason why one said nothing of use, on any thread.</param>
    /// <param name="ct">Ends it early, without an exception.</param>
    public Task AskAsync(TimelineFence fence, Action<string> untold, CancellationToken ct) =>
        ConnectionStrings.Count > 1
            ? Task.WhenAll(ConnectionStrings.Select(server => AskAsync(server, fence, untold, ct)))
            : Task.CompletedTask;

    private static async Task AskAsync(
        string server, TimelineFence fence, Action<string> untold, CancellationToken ct)
    {
        try
        {
            await using var connection = new NpgsqlConnection(server);
            await connection.OpenAsync(ct);
            await fence.CheckAsync(connection);
        }
        catch (Exception ex) when (
            ex is NpgsqlException or FormerPrimaryException or TimeoutException or OperationCanceledException)
        {
            untold(ex.Message);
        }
    }
}
