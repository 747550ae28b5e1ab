using System.Diagnostics;
using Npgsql;

namespace Cybertemp.Tests.Support;

/// <summary>
/// A real PostgreSQL of its own: throw-away data, 127.0.0.1 with a free port, superuser <c>postgres</c>.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    private readonly string _directory = Directory.CreateTempSubdirectory("cybertemp-pg-").FullName;
    private readonly string[] _environment;
    private readonly string[] _settings;
    private Process? _process;
    private int _databases;

    private PostgresServer(string[] environment, string[] settings) =>
        (_environment, _settings) = (environment, settings);

    public int Port { get; } = ChildProcess.FreePort();

    public string DataDirectory => Path.Combine(_directory, "data");

    /// <summary>The postmaster; its children are the backends.</summary>
    public int ProcessId => _process!.Id;

    public bool HasExited => _process!.HasExited;

    /// <summary>Initialises and starts a server.</summary>
    /// <param name="settings">Configuration as <c>name=value</c>.</param>
    public static Task<PostgresServer> StartAsync(params string[] settings) => StartAsync([], settings);

    /// <summary>Initialises and starts a server.</summary>
    /// <param name="environment">Variables as <c>name=value</c>, beside those of the tests.</param>
    /// <param name="settings">Configuration as <c>name=value</c>.</param>
    public static async Task<PostgresServer> StartAsync(string[] environment, string[] settings)
    {
        var server = new PostgresServer(environment, settings);
        await ChildProcess.RunAsync(null, "chown", "postgres", server._directory);
        await ChildProcess.RunAsync(
            "postgres", Binary("initdb"), "-D", server.DataDirectory, "-U", "postgres", "--no-sync", "--locale=C", "-E",
            "UTF8", "--auth=trust");
        await server.RestartAsync();
        return server;
    }

    /// <summary>A standby of <paramref name="primary"/>, which must allow replication.</summary>
    /// <param name="primary">Copied from.</param>
    /// <param name="port">Where the standby finds the primary, directly or through a proxy.</param>
    /// <param name="name">What <c>synchronous_standby_names</c> calls the standby.</param>
    public static async Task<PostgresServer> StartStandbyAsync(PostgresServer primary, int port, string name)
    {
        var server = await CopyAsync(
            primary, $"primary_conninfo=host=127.0.0.1 port={port} user=postgres application_name={name}");
        await File.WriteAllTextAsync(Path.Combine(server.DataDirectory, "standby.signal"), "");
        await server.RestartAsync();
        return server;
    }

    /// <summary>A base backup of <paramref name="source"/>, not started yet.</summary>
    public static async Task<PostgresServer> CopyAsync(PostgresServer source, params string[] settings)
    {
        var server = new PostgresServer([], settings);
        await ChildProcess.RunAsync(null, "chown", "postgres", server._directory);
        await ChildProcess.RunAsync(
            "postgres", Binary("pg_basebackup"), "-D", server.DataDirectory, "-h", "127.0.0.1", "-p", $"{source.Port}",
            "-U", "postgres", "-X", "stream", "-c", "fast", "--no-sync");
        return server;
    }

    /// <summary>
    /// The newest PostgreSQL installed: Debian keeps the binaries of each version in a directory of their own.
    /// </summary>
    public static string Binary(string name) =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql")
                .OrderByDescending(d => int.Parse(Path.GetFileName(d), provider: null))
                .Select(d => Path.Combine(d, "bin", name))
                .First(File.Exists)
            : name;

    /// <summary>Starts the server again on the same data and port, and completes when it answers.</summary>
    public async Task RestartAsync()
    {
        string[] arguments = [
            .. _environment, Binary("postgres"), "-D", DataDirectory, "-k", _directory, "-p", $"{Port}", "-c",
            "listen_addresses=127.0.0.1", "-c", "max_connections=200",
            .. _settings.SelectMany(s => (string[])["-c", s])];
        _process = await ChildProcess.StartAsync("postgres", "INT", "env", arguments);
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await WaitUntilReadyAsync();
    }

    /// <summary>A new, empty database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await using var dataSource = NpgsqlDataSource.Create(ConnectionString("postgres"));
        await using var create = dataSource.CreateCommand($"create database {name}");
        await create.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    public string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database}";

    /// <summary>SIGINT is a fast stop, SIGQUIT an immediate one, SIGKILL a crash.</summary>
    public async Task StopAsync(string signal = "INT")
    {
        if (_process is { HasExited: false } process)
        {
            await ChildProcess.RunAsync(null, "kill", $"-{signal}", $"{process.Id}");
            await process.WaitForExitAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync("QUIT");
        _process?.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task WaitUntilReadyAsync()
    {
        var deadline = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(
                    ConnectionString("postgres") + ";Pooling=false;Timeout=5");
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (deadline.Elapsed < StartTimeout && !_process!.HasExited)
            {
                await Task.Delay(20);
            }
        }
    }
}
