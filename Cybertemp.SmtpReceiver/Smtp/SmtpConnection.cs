using Microsoft.AspNetCore.Connections;

namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>One accepted connection, from its first octet to its end: the place where a session's exceptions end up.</summary>
internal sealed class SmtpConnection : IDisposable
{
    /// <summary>How long a client may take its last reply, and stop sending, before the connection is reset.</summary>
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly SmtpServer _server;
    private readonly ConnectionContext _context;
    private readonly SmtpTransport _transport;
    private readonly SmtpPeer _peer;

    public SmtpConnection(SmtpServer server, ConnectionContext context)
    {
        (_server, _context) = (server, context);
        _peer = new SmtpPeer(ClientAddress.Of(context.RemoteEndPoint), SessionReference.Create());
        _transport = new SmtpTransport(context.Transport, _peer.Reference, server.Options, server.Time);
    }

    /// <summary>Completes when the connection is closed. Never throws.</summary>
    /// <param name="ct">Cuts short the storing of a message.</param>
    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await ServeAsync(ct);
        }
        catch (Exception ex) when (ex is IOException or ConnectionAbortedException)
        {
            SmtpLog.ConnectionLost(_server.Logger, ex, _peer.Reference);
        }
        catch (Exception ex) when (ex is not OutOfMemoryException)
        {
            SmtpLog.SessionFailed(_server.Logger, ex, _peer.Reference);
        }

        await CloseAsync();
    }

    /// <summary>Thread-safe.</summary>
    public void RequestStop(StopRequest request) => _transport.RequestStop(request);

    /// <summary>Ends every wait at once; nothing more is sent. Thread-safe.</summary>
    public void Abort() => _context.Abort();

    public void Dispose() => _transport.Dispose();

    private async Task ServeAsync(CancellationToken ct)
    {
        using var session = new SmtpSession(_server, _peer, _transport);
        if (await session.RunAsync(ct))
        {
            // A client that is still sending would lose our last reply to the reset that closing causes.
            await _transport.LingerAsync(CloseTimeout);
        }
    }

    private async Task CloseAsync()
    {
        var closing = _context.DisposeAsync().AsTask();
        try
        {
            await closing.WaitAsync(CloseTimeout, _server.Time);
        }
        catch (TimeoutException)
        {
            _context.Abort();
            await closing;
        }
    }
}
