using System.Net;
using System.Net.Sockets;

namespace Cybertemp.Tests.Commit.Failover;

/// <summary>
/// The network between a server and who reaches it here. While it is cut nothing passes and nobody is told, as when
/// packets are lost; what was sent meanwhile arrives afterwards.
/// </summary>
internal sealed class Partition : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _target;
    private volatile TaskCompletionSource? _cut;

    public Partition(int target)
    {
        _target = target;
        _listener.Start(backlog: 512);
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Cut() => _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Heal()
    {
        var cut = _cut;
        _cut = null;
        cut?.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Heal();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ForwardAsync(await _listener.AcceptSocketAsync(_stop.Token));
            }
        }
        catch (Exception ex) when (ex is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ForwardAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (client)
        {
            try
            {
                client.NoDelay = true;
                await PassAsync();
                await server.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
                await Task.WhenAny(CopyAsync(client, server), CopyAsync(server, client));
            }
            catch (Exception ex) when (ex is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Either side may go away at any time.
            }
        }
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[65536];
        while (await from.ReceiveAsync(buffer, _stop.Token) is > 0 and var length)
        {
            await PassAsync();
            await to.SendAsync(buffer.AsMemory(0, length), _stop.Token);
        }

        await PassAsync();
    }

    private async Task PassAsync()
    {
        while (_cut is { } cut)
        {
            await cut.Task;
        }
    }
}
