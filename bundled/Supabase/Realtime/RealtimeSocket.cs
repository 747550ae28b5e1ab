using System.Net.WebSockets;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Supabase.Realtime.Exceptions;

namespace Supabase.Realtime;

/// <summary>One WebSocket with Phoenix frames. After a loss it is connected again, until it is stopped.</summary>
public class RealtimeSocket
{
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(20);

    /// <summary>A server that has sent nothing for so long, not even replies to heartbeats, is lost.</summary>
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LostRetry = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan RefusedRetry = TimeSpan.FromSeconds(30);

    private const int MaxFrameBytes = 16 << 20;

    private readonly Uri _url;
    private readonly Func<Dictionary<string, string>> _headers;
    private readonly Action<JObject> _received;
    private readonly Action _reconnected;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private ClientWebSocket? _socket;

    internal RealtimeSocket(
        Uri url, Func<Dictionary<string, string>> headers, Action<JObject> received, Action reconnected)
    {
        _url = url;
        _headers = headers;
        _received = received;
        _reconnected = reconnected;
    }

    public bool IsConnected => _socket is { State: WebSocketState.Open };

    /// <summary>Connects, and from then on stays connected.</summary>
    /// <exception cref="RealtimeException">The first attempt failed.</exception>
    internal async Task StartAsync()
    {
        try
        {
            await OpenAsync();
        }
        catch (Exception ex) when (IsLoss(ex))
        {
            throw new RealtimeException(ex.Message, FailureHint.Reason.SocketError, ex);
        }

        _ = RunAsync();
    }

    internal async Task StopAsync(WebSocketCloseStatus code, string reason)
    {
        await CloseAsync(_socket, code, reason);
        await _stop.CancelAsync();
    }

    /// <summary>Sends a frame; on a socket that is lost it is dropped, as the channel is joined anew anyway.</summary>
    internal async Task SendAsync(JObject frame)
    {
        var bytes = Encoding.UTF8.GetBytes(frame.ToString(Formatting.None));
        await _sending.WaitAsync(_stop.Token);
        try
        {
            if (_socket is { State: WebSocketState.Open } socket)
            {
                await socket.SendAsync(bytes.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, _stop.Token);
            }
        }
        catch (Exception ex) when (IsLoss(ex))
        {
            _socket?.Abort();
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var isOpen = IsConnected;
            using var connection = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            try
            {
                if (!isOpen)
                {
                    await OpenAsync();
                    _reconnected();
                    isOpen = true;
                }

                await Task.WhenAny(ReceiveAsync(connection.Token), HeartbeatAsync(connection.Token)).Unwrap();
            }
            catch (Exception ex) when (IsLoss(ex))
            {
                // Connected again below.
            }

            await connection.CancelAsync();
            _socket?.Abort();
            await Task.Delay(isOpen ? LostRetry : RefusedRetry, _stop.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task OpenAsync()
    {
        var socket = new ClientWebSocket();
        foreach (var (name, value) in _headers())
        {
            socket.Options.SetRequestHeader(name, value);
        }

        Interlocked.Exchange(ref _socket, socket)?.Dispose();
        await socket.ConnectAsync(_url, _stop.Token);
    }

    private async Task HeartbeatAsync(CancellationToken connection)
    {
        while (true)
        {
            await SendAsync(new JObject
            {
                ["topic"] = "phoenix",
                ["event"] = "heartbeat",
                ["payload"] = new JObject(),
                ["ref"] = Guid.NewGuid().ToString(),
            });
            await Task.Delay(HeartbeatInterval, connection);
        }
    }

    private async Task ReceiveAsync(CancellationToken connection)
    {
        using var frame = new MemoryStream();
        var buffer = new byte[16 * 1024];
        var socket = _socket!;
        while (true)
        {
            using var silence = CancellationTokenSource.CreateLinkedTokenSource(connection);
            silence.CancelAfter(SilenceLimit);
            var result = await socket.ReceiveAsync(buffer.AsMemory(), silence.Token);
            if (result.MessageType is WebSocketMessageType.Close || frame.Length + result.Count > MaxFrameBytes)
            {
                return;
            }

            await frame.WriteAsync(buffer.AsMemory(0, result.Count), silence.Token);
            if (result.EndOfMessage)
            {
                _received(JObject.Parse(Encoding.UTF8.GetString(frame.GetBuffer(), 0, (int)frame.Length)));
                frame.SetLength(0);
            }
        }
    }

    private static async Task CloseAsync(ClientWebSocket? socket, WebSocketCloseStatus code, string reason)
    {
        if (socket is not { State: WebSocketState.Open })
        {
            return;
        }

        try
        {
            using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            await socket.CloseOutputAsync(code, reason, bound.Token);
        }
        catch (Exception ex) when (IsLoss(ex))
        {
            socket.Abort();
        }
    }

    private static bool IsLoss(Exception ex) =>
        ex is WebSocketException or HttpRequestException
            or IOException or OperationCanceledException or ObjectDisposedException or JsonException
            or InvalidOperationException;
}
