namespace Supabase.Realtime.Exceptions;

/// <summary>Why Realtime failed.</summary>
public static class FailureHint
{
    public enum Reason
    {
        Unknown,
        PushTimeout,
        ChannelNotOpen,
        ChannelJoinFailure,
        SocketError,
        ConnectionStale,
        ConnectionLost,
    }
}
