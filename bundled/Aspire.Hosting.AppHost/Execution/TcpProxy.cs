using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Execution;

/// <summary>
/// Owns an endpoint's public port on localhost and hands each connection to the next replica in turn; one that does not
/// take it is passed over. It knows no protocol, so a replica sees the proxy's address as its client's.
/// </summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private const int MaxConnections = 10_000;

    private readonly EndpointPorts _endpoint;
    private readonly List<TcpListener> _listeners;
    private readonly SemaphoreSlim _slots = new(MaxConnections);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;
    private uint _next;

    private TcpProxy(EndpointPorts endpoint, List<TcpListener> listeners)
    {
        (_endpoint, _listeners) = (endpoint, listeners);
        _accepting = Task.WhenAll(listeners.ConvertAll(l => AcceptAsync(l, _stopping.Token)));
    }

    public static TcpProxy Start(EndpointPorts endpoint)
    {
        var listeners = new List<TcpListener>();
        try
        {
            listeners.Add(Listen(IPAddress.Loopback, endpoint.Port));
            if (Socket.OSSupportsIPv6)
            {
                listeners.Add(Listen(IPAddress.IPv6Loopback, endpoint.Port));
            }

            return new TcpProxy(endpoint, listeners);
        }
        catch (SocketException ex)
        {
            listeners.ForEach(l => l.Dispose());
            throw new DistributedApplicationException(
                string.Create(CultureInfo.InvariantCulture, $"Port {endpoint.Port} of endpoint '{endpoint.Endpoint.Name}': {ex.Message}"), ex);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        _listeners.ForEach(l => l.Dispose());
        _stopping.Dispose();
    }

    private static TcpListener Listen(IPAddress address, int port)
    {
        var listener = new TcpListener(address, port);
        listener.Start();
        return listener;
    }

    private async Task AcceptAsync(TcpListener listener, CancellationToken ct)
    {
        try
        {
            while (true)
            {
                await _slots.WaitAsync(ct);
                _ = ForwardAsync(await listener.AcceptSocketAsync(ct), ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The application has stopped.
        }
    }

    private async Task ForwardAsync(Socket client, CancellationToken ct)
    {
        using var inbound = client;
        try
        {
            using var outbound = await ConnectAsync(ct);
            if (outbound is not null)
            {
                await using var near = new NetworkStream(inbound);
                await using var far = new NetworkStream(outbound);
                await Task.WhenAll(CopyAsync(near, far, ct), CopyAsync(far, near, ct));
            }
        }
        catch (Exception ex) when (ex is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side is gone; leaving here closes the other.
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task<Socket?> ConnectAsync(CancellationToken ct)
    {
        var first = Interlocked.Increment(ref _next);
        for (var i = 0u; i < _endpoint.TargetPorts.Count; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                var port = _endpoint.TargetPorts[(int)((first + i) % (uint)_endpoint.TargetPorts.Count)];
                await socket.ConnectAsync(IPAddress.Loopback, port, ct);
                return socket;
            }
            catch (SocketException)
            {
                socket.Dispose();
            }
        }

        return null;
    }

    /// <summary>The end of one direction leaves the other open; an error ends both.</summary>
    private static async Task CopyAsync(NetworkStream from, NetworkStream to, CancellationToken ct)
    {
        try
        {
            await from.CopyToAsync(to, ct);
            to.Socket.Shutdown(SocketShutdown.Send);
        }
        catch
        {
            from.Socket.Dispose();
            to.Socket.Dispose();
            throw;
        }
    }
}
