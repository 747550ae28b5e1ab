namespace Cybertemp.Sync.Sources;

/// <summary>A source failed. The message is fit for logs: it has no secret in it.</summary>
internal sealed class SourceException : Exception
{
    /// <summary>There is no such table.</summary>
    public bool IsMissing { get; init; }

    public SourceException()
    {
    }

    public SourceException(string message)
        : base(message)
    {
    }

    public SourceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
