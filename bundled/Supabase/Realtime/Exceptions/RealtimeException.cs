namespace Supabase.Realtime.Exceptions;

/// <summary>A connection or a channel that failed. For a refused join the message is the server's frame.</summary>
public class RealtimeException : Exception
{
    public RealtimeException(string? message)
        : base(message)
    {
    }

    public RealtimeException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal RealtimeException(string message, FailureHint.Reason reason, Exception? innerException = null)
        : base(message, innerException) => Reason = reason;

    public FailureHint.Reason Reason { get; internal set; }
}
