namespace Cybertemp.SmtpReceiver.Smtp.Listening;

/// <summary>Measures one connection: the increment and the decrement carry the same tags.</summary>
internal sealed class ConnectionMeasure : IDisposable
{
    private readonly SmtpShared _shared;
    private readonly SmtpPeer _peer;
    private readonly long _started;
    private string? _errorType = SmtpMetrics.Lost;

    public ConnectionMeasure(SmtpShared shared, SmtpPeer peer)
    {
        (_shared, _peer, _started) = (shared, peer, shared.Time.GetTimestamp());
        shared.Metrics.ConnectionOpened(peer);
    }

    /// <summary>The conversation came to its end, whatever was said in it.</summary>
    public void Succeeded() => _errorType = null;

    public void Dispose() => _shared.Metrics.ConnectionClosed(_peer, _shared.Time.GetElapsedTime(_started), _errorType);
}
