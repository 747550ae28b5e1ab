namespace Supabase.Realtime;

/// <summary>The words of the Realtime protocol.</summary>
public static class Constants
{
    /// <summary>Milliseconds.</summary>
    public const int DefaultTimeout = 10000;

    public enum ChannelState
    {
        Closed,
        Errored,
        Joined,
        Joining,
        Leaving,
    }
}
