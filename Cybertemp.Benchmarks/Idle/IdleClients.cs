using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Cybertemp.Benchmarks.Idle;

/// <summary>The client process: opens sessions and leaves them alone until its input ends.</summary>
internal static class IdleClients
{
    private const int SessionsPerAddress = 5_000;
    private const int OpenedAtOnce = 16;

    public static async Task RunAsync(int port, int sessions, bool usesTls)
    {
        await OpenFiles.EnsureAsync(sessions + 500);
        var streams = new Stream[sessions];
        var options = new ParallelOptions { MaxDegreeOfParallelism = OpenedAtOnce };
        await Parallel.ForAsync(
            0, sessions, options, async (index, ct) => streams[index] = await OpenAsync(port, index, usesTls, ct));
        Console.WriteLine("ready");
        await Task.Run(Console.In.ReadToEnd);
        Array.ForEach(streams, static stream => stream.Dispose());
    }

    /// <summary>One line without an end, and the next when the server has enough of it.</summary>
    public static async Task SendEndlessLinesAsync(int port)
    {
        // The console's asynchronous reads are not.
        var inputEnded = Task.Run(Console.In.ReadToEnd);
        var chunk = Encoding.ASCII.GetBytes(new string('x', 64 * 1024));
        var sent = 0L;
        while (!inputEnded.IsCompleted)
        {
            await using var stream = await OpenAsync(port, index: 0, usesTls: false, CancellationToken.None);
            try
            {
                while (!inputEnded.IsCompleted)
                {
                    await stream.WriteAsync(chunk);
                    sent += chunk.Length;
                }
            }
            catch (IOException)
            {
                // The server has closed.
            }
        }

        Console.WriteLine($"{sent / 1_000_000} MB");
    }

    private static async ValueTask<Stream> OpenAsync(int port, int index, bool usesTls, CancellationToken ct)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, (byte)(2 + (index / SessionsPerAddress))]), 0));
        await socket.ConnectAsync(IPAddress.Loopback, port, ct);
        var stream = new NetworkStream(socket, ownsSocket: true);
        await ReadAsync(stream, "220", ct);
        await stream.WriteAsync("EHLO idle.example\r\n"u8.ToArray(), ct);
        await ReadAsync(stream, "250", ct);
        return usesTls ? await SecureAsync(stream, ct) : stream;
    }

    private static async Task<Stream> SecureAsync(Stream stream, CancellationToken ct)
    {
        await stream.WriteAsync("STARTTLS\r\n"u8.ToArray(), ct);
        await ReadAsync(stream, "220", ct);
        var tls = new SslStream(stream, leaveInnerStreamOpen: false, static (_, certificate, _, _) =>
            certificate?.Subject == "CN=mx.benchmark");
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "mx.benchmark" }, ct);
        await tls.WriteAsync("EHLO idle.example\r\n"u8.ToArray(), ct);
        await ReadAsync(tls, "250", ct);
        return tls;
    }

    /// <summary>A reply comes in one piece: it is small, and nothing else is under way.</summary>
    private static async Task ReadAsync(Stream stream, string code, CancellationToken ct)
    {
        var buffer = new byte[1024];
        var reply = Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer, ct));
        if (!reply.StartsWith(code, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"expected {code}, got: {reply}");
        }
    }
}
