using System.Collections.Concurrent;
using System.Net.WebSockets;
using Newtonsoft.Json.Linq;
using Supabase.Realtime.Interfaces;

namespace Supabase.Realtime;

/// <summary>The socket of a project, and the channels on it.</summary>
internal sealed class Client(string url, string key, Func<Dictionary<string, string>> headers)
    : IRealtimeClient<RealtimeSocket, RealtimeChannel>
{
    private readonly ConcurrentDictionary<string, RealtimeChannel> _channels = new(StringComparer.Ordinal);

    public RealtimeSocket? Socket { get; private set; }

    public async Task<IRealtimeClient<RealtimeSocket, RealtimeChannel>> ConnectAsync()
    {
        if (Socket is null)
        {
            var address = url.Replace("http", "ws", StringComparison.OrdinalIgnoreCase);
            Socket = new RealtimeSocket(
                new Uri($"{address}/websocket?apikey={Uri.EscapeDataString(key)}&vsn=1.0.0"), headers, Dispatch,
                Rejoin);
            await Socket.StartAsync();
        }

        return this;
    }

    public RealtimeChannel Channel(string channelName)
    {
        var socket = Socket ?? throw new InvalidOperationException("Socket must exist, was `Connect` called?");
        return _channels.GetOrAdd($"realtime:{channelName}", topic => new RealtimeChannel(socket, topic));
    }

    public IRealtimeClient<RealtimeSocket, RealtimeChannel> Disconnect(
        WebSocketCloseStatus code = WebSocketCloseStatus.NormalClosure, string reason = "Programmatic Disconnect")
    {
        _ = Socket?.StopAsync(code, reason);
        Socket = null;
        foreach (var channel in _channels.Values)
        {
            channel.Close();
        }

        _channels.Clear();
        return this;
    }

    private void Dispatch(JObject frame)
    {
        if ((string?)frame["topic"] is { } topic && _channels.TryGetValue(topic, out var channel))
        {
            channel.Receive(frame);
        }
    }

    private void Rejoin()
    {
        foreach (var channel in _channels.Values)
        {
            channel.Rejoin();
        }
    }
}
