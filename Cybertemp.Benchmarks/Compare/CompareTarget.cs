using System.Diagnostics;
using Cybertemp.Benchmarks.Load;
using Cybertemp.Tests.Support;
using Npgsql;

namespace Cybertemp.Benchmarks.Compare;

/// <summary>A contender that runs, with its database.</summary>
internal sealed class CompareTarget : IAsyncDisposable
{
    /// <summary>Inboxes that have had mail before the first round.</summary>
    public const int KnownInboxes = 100_000;

    private static readonly TimeSpan RowsTimeout = TimeSpan.FromSeconds(30);

    private readonly RunningServer _server;
    private readonly PostgresServer _postgres;
    private readonly NpgsqlDataSource _dataSource;

    private CompareTarget(
        Contender contender, RunningServer server, PostgresServer postgres, NpgsqlDataSource dataSource) =>
        (Contender, _server, _postgres, _dataSource) = (contender, server, postgres, dataSource);

    public Contender Contender { get; }

    public int Port => _server.Port;

    public int ProcessId => _server.ProcessId;

    /// <summary>
    /// With fsync, and as a server that has run for a while: its buffers have been used, and there are segments of WAL
    /// to write over (to make each new one, zeros are written and flushed inside somebody's commit). From here on this
    /// process generates load.
    /// </summary>
    /// <param name="environment">Variables as <c>name=value</c>.</param>
    public static Task<PostgresServer> StartPostgresAsync(params string[] environment) =>
        StartPostgresAsync(gigabytesOfWal: 6, environment);

    /// <summary>The same for who writes less.</summary>
    public static async Task<PostgresServer> StartPostgresAsync(int gigabytesOfWal, params string[] environment)
    {
        LoadProcess.CompleteInline();
        var postgres = await PostgresServer.StartAsync(
            environment,
            [
                "shared_buffers=1GB", $"min_wal_size={gigabytesOfWal}GB", $"max_wal_size={4 * gigabytesOfWal}GB",
                "checkpoint_timeout=1h",
            ]);
        await RunAsync(
            postgres,
            $"""
            select count(pg_logical_emit_message(false, '', repeat('x', 1 << 20)))
            from generate_series(1, {gigabytesOfWal} * 1024)
            """);
        await UseBuffersAsync(postgres);
        await WriteBackAsync(postgres);
        return postgres;
    }

    /// <summary>
    /// Writes what is only in the server's memory, so that who is measured next does not pay for who was before.
    /// </summary>
    public static Task WriteBackAsync(PostgresServer postgres) => RunAsync(postgres, "checkpoint");

    /// <summary>It did not start, or not go on: a reason to leave it out.</summary>
    public static bool IsItsOwnFault(Exception exception) => exception
        is InvalidOperationException or IOException or TimeoutException or System.ComponentModel.Win32Exception
        or System.Net.Sockets.SocketException;

    public static async Task<CompareTarget> StartAsync(Contender contender, PostgresServer postgres)
    {
        var database = await postgres.CreateDatabaseAsync();
        var server = await contender.StartAsync(database);
        var target = new CompareTarget(contender, server, postgres, NpgsqlDataSource.Create(database));
        await target.FillAsync();
        return target;
    }

    /// <summary>0 for one that has no table.</summary>
    public async Task<long> CountRowsAsync() =>
        Contender.Table is { } table ? (long)(await ScalarAsync($"select count(*) from {table}"))! : 0;

    /// <summary>For one whose 250 comes before the commit.</summary>
    public async Task WaitForRowsAsync(long count)
    {
        var waited = Stopwatch.StartNew();
        while (Contender.IsAheadOfRows && await CountRowsAsync() < count && waited.Elapsed < RowsTimeout)
        {
            await Task.Delay(20);
        }
    }

    public ProcessorUse Used() => new(
        ProcessorTime.Of(_server.ProcessId), ProcessorTime.OfTree(_postgres.ProcessId),
        ProcessorTime.Of(Environment.ProcessId));

    /// <summary>Takes as long as it takes.</summary>
    public async Task<object?> ScalarAsync(string sql)
    {
        await using var command = _dataSource.CreateCommand(sql);
        command.CommandTimeout = 0;
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _dataSource.DisposeAsync();
    }

    private static async Task RunAsync(PostgresServer postgres, string sql)
    {
        await using var dataSource = NpgsqlDataSource.Create(postgres.ConnectionString("postgres"));
        await using var command = dataSource.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    // A little more than all of them.
    private static async Task UseBuffersAsync(PostgresServer postgres)
    {
        await RunAsync(postgres, "create unlogged table filling (octets text)");
        await RunAsync(postgres, "insert into filling select repeat('x', 1000) from generate_series(1, 1200000)");
        await RunAsync(postgres, "drop table filling");
    }

    private async Task FillAsync()
    {
        if (Contender.Table is "emails")
        {
            await ScalarAsync($"""
                insert into inbox (address)
                select 'box' || n || '@{LoadOptions.Domain}' from generate_series(0, {KnownInboxes - 1}) n
                """);
            await ScalarAsync("analyze inbox");
        }
    }
}
