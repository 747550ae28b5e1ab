using System.Net;
using System.Net.Sockets;

namespace Cybertemp.Tests.Support.Links;

/// <summary>The network between a server on this machine and who reaches it by way of the link's port.</summary>
internal abstract class TcpLink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _target;
    private readonly int _pieceBytes;
    private readonly Task _accepting;

    /// <summary>Starts to pass.</summary>
    /// <param name="target">The port that is connected to.</param>
    /// <param name="pieceBytes">At most, of what is passed at once.</param>
    protected TcpLink(int target, int pieceBytes)
    {
        (_target, _pieceBytes) = (target, pieceBytes);
        _listener.Start(backlog: 512);
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Release();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Completes when the piece may go on.</summary>
    /// <param name="piece">Empty for a new connection, and for the end of what one side has to say.</param>
    /// <param name="isInput">It goes to the server.</param>
    protected abstract ValueTask PassAsync(ReadOnlyMemory<byte> piece, bool isInput, CancellationToken ct);

    /// <summary>The test is over: nothing waits any longer.</summary>
    protected virtual void Release()
    {
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ForwardAsync(await _listener.AcceptSocketAsync(_stop.Token)));
            }
        }
        catch (Exception ex) when (ex is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
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
                await PassAsync(ReadOnlyMemory<byte>.Empty, isInput: true, _stop.Token);
                await server.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
                await Task.WhenAny(CopyAsync(client, server, isInput: true), CopyAsync(server, client, isInput: false));
            }
            catch (Exception ex) when (ex is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Either side may go away at any time.
            }
        }
    }

    private async Task CopyAsync(Socket from, Socket to, bool isInput)
    {
        var buffer = new byte[_pieceBytes];
        while (await from.ReceiveAsync(buffer, _stop.Token) is > 0 and var length)
        {
            await PassAsync(buffer.AsMemory(0, length), isInput, _stop.Token);
            await to.SendAsync(buffer.AsMemory(0, length), _stop.Token);
        }

        await PassAsync(ReadOnlyMemory<byte>.Empty, isInput, _stop.Token);
    }
}
