using System.Net;
using System.Net.Sockets;

namespace Cybertemp.Tests.Sync.Publishing;

/// <summary>
/// A TCP proxy that can stop forwarding what clients send at the moment that they send a certain text: a process frozen
/// between two commands.
/// </summary>
internal sealed class PausableProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _resumed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _target;
    private readonly Task _accepting;
    private volatile byte[]? _marker;
    private volatile bool _isPaused;

    public PausableProxy(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Endpoint => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>
    /// Pauses all clients from the first piece of input that contains <paramref name="marker"/>, which is held back.
    /// </summary>
    /// <returns>Completes when that has happened.</returns>
    public Task PauseAtAsync(byte[] marker)
    {
        _marker = marker;
        return _reached.Task;
    }

    public void Resume()
    {
        ForwardNewConnections();
        _resumed.TrySetResult();
    }

    /// <summary>What is paused stays so for good: half-open connections.</summary>
    public void ForwardNewConnections() => (_marker, _isPaused) = (null, false);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _resumed.TrySetResult();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ForwardAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception ex) when (ex is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ForwardAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _target);
                await Task.WhenAny(CopyAsync(client, server, isInput: true), CopyAsync(server, client, isInput: false));
            }
            catch (Exception ex) when (ex is SocketException or IOException or OperationCanceledException)
            {
                // Either side may go away at any time.
            }
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, bool isInput)
    {
        var buffer = new byte[1 << 20];
        while (await from.GetStream().ReadAsync(buffer, _stop.Token) is > 0 and var length)
        {
            if (isInput && (_isPaused || (_marker is { } marker && buffer.AsSpan(0, length).IndexOf(marker) >= 0)))
            {
                _isPaused = true;
                _reached.TrySetResult();
                await _resumed.Task;
            }

            await to.GetStream().WriteAsync(buffer.AsMemory(0, length), _stop.Token);
        }
    }
}
