using System.Diagnostics;
using Cybertemp.Tests.Support;
using Npgsql;

namespace Cybertemp.Tests.Commit;

/// <summary>A real PgBouncer in transaction mode with few server connections, so that sessions do mix.</summary>
internal sealed class PgBouncer : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("cybertemp-bouncer-").FullName;
    private readonly int _port = ChildProcess.FreePort();
    private Process? _process;

    /// <summary>Starts one.</summary>
    /// <param name="serverPort">PostgreSQL's.</param>
    /// <param name="settings">Lines of its section [pgbouncer].</param>
    public static async Task<PgBouncer> StartAsync(int serverPort, string settings = "default_pool_size = 2")
    {
        var bouncer = new PgBouncer();
        var file = Path.Combine(bouncer._directory, "pgbouncer.ini");
        await File.WriteAllTextAsync(
            file,
            $"""
            [databases]
            * = host=127.0.0.1 port={serverPort} user=postgres
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {bouncer._port}
            unix_socket_dir =
            auth_type = any
            auth_file =
            pool_mode = transaction
            max_client_conn = 100
            ignore_startup_parameters = extra_float_digits
            {settings}
            """);
        await ChildProcess.RunAsync(null, "chmod", "-R", "a+rX", bouncer._directory);
        bouncer._process = await ChildProcess.StartAsync("postgres", "KILL", "pgbouncer", file);
        bouncer._process.BeginErrorReadLine();
        bouncer._process.BeginOutputReadLine();
        return bouncer;
    }

    public string Through(string connectionString) => $"{connectionString};Port={_port}";

    public async Task WaitUntilReadyAsync(string connectionString)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await using var connection = new NpgsqlConnection(Through(connectionString) + ";Pooling=false");
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (attempt < 200)
            {
                await Task.Delay(25);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Directory.Delete(_directory, recursive: true);
    }
}
