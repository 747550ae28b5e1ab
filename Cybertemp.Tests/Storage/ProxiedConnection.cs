using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Cybertemp.Tests.Commit.Crashes;

namespace Cybertemp.Tests.Storage;

/// <summary>One connection through <see cref="PostgresProxy"/>.</summary>
internal sealed class ProxiedConnection(PostgresProxy proxy, Socket client) : IDisposable
{
    private const byte Sync = (byte)'S';
    private const byte ReadyForQuery = (byte)'Z';

    private readonly Socket _server =
        new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _swallows;

    public async Task RunAsync(int serverPort)
    {
        client.NoDelay = true;
        try
        {
            await _server.ConnectAsync(IPAddress.Loopback, serverPort);
            await using var fromClient = new BufferedStream(new NetworkStream(client), 65536);
            await using var fromServer = new BufferedStream(new NetworkStream(_server), 65536);
            await Task.WhenAny(ToServerAsync(fromClient), ToClientAsync(fromServer));
            Dispose();
        }
        catch (Exception ex) when (ex is SocketException or IOException or ObjectDisposedException)
        {
            // Either side is gone: so is the other now.
        }
        finally
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        client.Dispose();
        _server.Dispose();
    }

    private async Task ToServerAsync(Stream fromClient)
    {
        await SendAsync(_server, await ReadStartupAsync(fromClient));
        var sawMarker = false;
        while (true)
        {
            var message = await ReadMessageAsync(fromClient);
            sawMarker |= proxy.IsMarked(message);
            if (message[0] == Sync)
            {
                if (proxy.TryClaim(sawMarker) is { } cut)
                {
                    await CutAsync(cut, message);
                    return;
                }

                sawMarker = false;
            }

            await SendAsync(_server, message);
        }
    }

    private async Task CutAsync(PlannedCut cut, byte[] sync)
    {
        _swallows = true;
        if (cut.Kind is CommitCut.Held)
        {
            client.Dispose();
        }
        else if (cut.Kind is not CommitCut.Before)
        {
            await SendAsync(_server, sync);
        }

        if (cut.Kind is CommitCut.After)
        {
            await _answered.Task;
        }

        cut.Reach();
        await cut.Released;
        if (cut.Kind is CommitCut.Held)
        {
            await SendAsync(_server, sync);
            await _answered.Task;
        }
    }

    private async Task ToClientAsync(Stream fromServer)
    {
        while (true)
        {
            var message = await ReadMessageAsync(fromServer);
            if (!_swallows)
            {
                await SendAsync(client, message);
            }
            else if (message[0] == ReadyForQuery)
            {
                _answered.TrySetResult();
            }
        }
    }

    private static async Task<byte[]> ReadStartupAsync(Stream stream)
    {
        var length = new byte[4];
        await stream.ReadExactlyAsync(length);
        var message = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
        length.CopyTo(message, 0);
        await stream.ReadExactlyAsync(message.AsMemory(4));
        return message;
    }

    private static async Task<byte[]> ReadMessageAsync(Stream stream)
    {
        var head = new byte[5];
        await stream.ReadExactlyAsync(head);
        var message = new byte[1 + BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1))];
        head.CopyTo(message, 0);
        await stream.ReadExactlyAsync(message.AsMemory(5));
        return message;
    }

    private static async Task SendAsync(Socket socket, byte[] message)
    {
        for (var sent = 0; sent < message.Length;)
        {
            sent += await socket.SendAsync(message.AsMemory(sent));
        }
    }
}
