using System.Net;
using System.Net.Sockets;

namespace Cybertemp.Tests.EndToEnd.Fleet.Neighbours;

/// <summary>
/// A network link of a bandwidth, each direction for itself, that all of its connections share: a token bucket of a
/// twentieth of a second.
/// </summary>
internal sealed class ThrottledLink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Direction _up;
    private readonly Direction _down;
    private readonly int _target;

    /// <summary>Starts to pass.</summary>
    /// <param name="target">The port that is connected to.</param>
    /// <param name="bytesPerSecond">In each direction.</param>
    public ThrottledLink(int target, int bytesPerSecond)
    {
        (_target, _up, _down) = (target, new(bytesPerSecond), new(bytesPerSecond));
        _listener.Start(backlog: 512);
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        _up.Dispose();
        _down.Dispose();
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
                await server.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
                await Task.WhenAny(CopyAsync(client, server, _up), CopyAsync(server, client, _down));
            }
            catch (Exception ex) when (ex is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Either side may go away at any time.
            }
        }
    }

    private async Task CopyAsync(Socket from, Socket to, Direction direction)
    {
        var buffer = new byte[direction.Burst];
        while (await from.ReceiveAsync(buffer, _stop.Token) is > 0 and var length)
        {
            await direction.TakeAsync(length, _stop.Token);
            await to.SendAsync(buffer.AsMemory(0, length), _stop.Token);
        }
    }

    /// <summary>Who comes first is served first; what was spent is waited for.</summary>
    private sealed class Direction(int bytesPerSecond) : IDisposable
    {
        private readonly SemaphoreSlim _turn = new(1, 1);
        private readonly long _started = TimeProvider.System.GetTimestamp();
        private double _spentUntil;

        public int Burst => bytesPerSecond / 20;

        public async Task TakeAsync(int bytes, CancellationToken ct)
        {
            await _turn.WaitAsync(ct);
            try
            {
                var now = TimeProvider.System.GetElapsedTime(_started).TotalSeconds;
                _spentUntil = Math.Max(_spentUntil, now) + ((double)bytes / bytesPerSecond);
                if (_spentUntil - now > 0.05)
                {
                    await Task.Delay(TimeSpan.FromSeconds(_spentUntil - now), ct);
                }
            }
            finally
            {
                _turn.Release();
            }
        }

        public void Dispose() => _turn.Dispose();
    }
}
