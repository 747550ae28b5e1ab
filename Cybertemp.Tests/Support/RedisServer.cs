using System.Diagnostics;
using System.Net.Sockets;

namespace Cybertemp.Tests.Support;

/// <summary>
/// A real Redis of its own on 127.0.0.1 with a free port; its data is kept over <see cref="RestartAsync"/>.
/// </summary>
internal sealed class RedisServer(string[] arguments) : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(20);

    private readonly string _directory = Directory.CreateTempSubdirectory("cybertemp-redis-").FullName;
    private Process? _process;

    public int Port { get; } = ChildProcess.FreePort();

    public string ConnectionString => $"127.0.0.1:{Port}";

    public int ProcessId => _process!.Id;

    /// <summary>Starts a server with more arguments than those for its place.</summary>
    public static async Task<RedisServer> StartAsync(params string[] arguments)
    {
        var server = new RedisServer(arguments);
        await server.RestartAsync();
        return server;
    }

    /// <summary>Starts the server again on the same data and port, and completes when it answers.</summary>
    public async Task RestartAsync()
    {
        _process = await ChildProcess.StartAsync(
            null,
            "TERM",
            "redis-server",
            ["--port", $"{Port}", "--bind", "127.0.0.1", "--dir", _directory, "--appendonly", "yes", "--save", "",
                .. arguments]);
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await WaitUntilReadyAsync();
    }

    public async Task StopAsync(string signal = "TERM")
    {
        if (_process is { HasExited: false } process)
        {
            await ChildProcess.RunAsync(null, "kill", $"-{signal}", $"{process.Id}");
            await process.WaitForExitAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync("KILL");
        _process?.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task WaitUntilReadyAsync()
    {
        var deadline = Stopwatch.StartNew();
        var reply = new byte[7];
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", Port);
                await client.GetStream().WriteAsync("PING\r\n"u8.ToArray());
                await client.GetStream().ReadExactlyAsync(reply);
                if (reply.AsSpan().SequenceEqual("+PONG\r\n"u8))
                {
                    return;
                }
            }
            catch (Exception ex) when (
                ex is SocketException or IOException && !_process!.HasExited && deadline.Elapsed < StartTimeout)
            {
                await Task.Delay(20);
            }
        }
    }
}
