namespace Supabase.Postgrest.Exceptions;

/// <summary>A request that was refused. The message is the response's body.</summary>
public class PostgrestException : Exception
{
    public PostgrestException(string? message)
        : base(message)
    {
    }

    public PostgrestException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal PostgrestException(string message, FailureHint.Reason reason)
        : base(message) => Reason = reason;

    internal PostgrestException(string content, HttpResponseMessage response)
        : base(content)
    {
        Response = response;
        Content = content;
        StatusCode = (int)response.StatusCode;
        Reason = FailureHint.DetectReason(StatusCode, content);
    }

    public HttpResponseMessage? Response { get; }

    public string? Content { get; }

    public int StatusCode { get; }

    public FailureHint.Reason Reason { get; }
}
