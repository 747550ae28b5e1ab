namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>Measures one connection: the increment and the decrement carry the same tags.</summary>
internal sealed class ConnectionMeasure : IDisposable
{
    private readonly SmtpServer _server;
    private readonly SmtpPeer _peer;
    private readonly long _started;
    private string? _errorType = SmtpMetrics.Lost;

    public ConnectionMeasure(SmtpServer server, SmtpPeer peer)
    {
        (_server, _peer, _started) = (server, peer, server.Time.GetTimestamp());
        server.Metrics.ConnectionOpened(peer);
    }

    /// <summary>The conversation came to its end, whatever was said in it.</summary>
    public void Succeeded() => _errorType = null;

    public void Dispose() => _server.Metrics.ConnectionClosed(_peer, _server.Time.GetElapsedTime(_started), _errorType);
}
