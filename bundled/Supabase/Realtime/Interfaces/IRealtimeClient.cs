using System.Net.WebSockets;

namespace Supabase.Realtime.Interfaces;

/// <summary>One socket and its channels.</summary>
public interface IRealtimeClient<TSocket, TChannel>
    where TChannel : IRealtimeChannel
{
    TSocket? Socket { get; }

    Task<IRealtimeClient<TSocket, TChannel>> ConnectAsync();

    TChannel Channel(string channelName);

    IRealtimeClient<TSocket, TChannel> Disconnect(
        WebSocketCloseStatus code = WebSocketCloseStatus.NormalClosure, string reason = "Programmatic Disconnect");
}
