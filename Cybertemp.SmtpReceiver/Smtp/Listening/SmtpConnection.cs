using System.Diagnostics.CodeAnalysis;
using System.Security.Authentication;
using Cybertemp.SmtpReceiver.Smtp.Session;
using Cybertemp.SmtpReceiver.Smtp.Transport;
using Microsoft.AspNetCore.Connections;

namespace Cybertemp.SmtpReceiver.Smtp.Listening;

/// <summary>
/// One accepted connection, from its first octet to its end: the place where a session's exceptions end up.
/// </summary>
internal sealed class SmtpConnection : IAsyncDisposable
{
    /// <summary>How long a client may take its last reply, and stop sending, before the connection is reset.</summary>
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly SmtpShared _shared;
    private readonly ConnectionContext _context;
    private readonly SmtpTransport _transport;
    private readonly CancellationTokenSource _leavesLine;
    private readonly string _reference = SessionReference.Create();

    public SmtpConnection(SmtpShared shared, ConnectionContext context)
    {
        (_shared, _context) = (shared, context);
        _transport = new SmtpTransport(context.Transport, _reference, shared.Options, shared.Time);
        _leavesLine = CancellationTokenSource.CreateLinkedTokenSource(context.ConnectionClosed);
    }

    /// <summary>Completes when the connection is closed. Never throws.</summary>
    /// <param name="isCrowded">There are more connections already than sessions and the line in front of them.</param>
    /// <param name="ct">Cuts short the storing of a message.</param>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever ends a session ends no other.")]
    public async Task RunAsync(bool isCrowded, CancellationToken ct)
    {
        try
        {
            await ServeAsync(isCrowded, ct);
        }
        catch (Exception ex) when (ex is IOException or ConnectionAbortedException or AuthenticationException)
        {
            SmtpLog.ConnectionLost(_shared.Logger, _reference, ex.Message);
        }
        catch (Exception ex)
        {
            SmtpLog.SessionFailed(_shared.Logger, ex, _reference);
        }

        await CloseAsync();
    }

    /// <summary>Thread-safe.</summary>
    public void RequestStop(StopRequest request)
    {
        _transport.RequestStop(request);
        try
        {
            _leavesLine.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended in the meantime.
        }
    }

    /// <summary>Ends every wait at once; nothing more is sent. Thread-safe.</summary>
    public void Abort() => _context.Abort();

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync();
        _leavesLine.Dispose();
    }

    private async Task ServeAsync(bool isCrowded, CancellationToken ct)
    {
        using var admission = new Admission(_shared, _transport);
        var direct = ClientAddress.Of(_context.RemoteEndPoint);
        if (isCrowded)
        {
            await RefuseAsync(new SmtpPeer(direct, _reference, IsExempt: false), SmtpReply.ServerBusy);
            return;
        }

        if (await admission.IdentifyAsync(direct, _reference) is not { } peer)
        {
            SmtpLog.ProxyHeaderInvalid(_shared.Logger, _reference);
            _shared.Metrics.LimitHit(SmtpMetrics.ProxyHeader);
            return;
        }

        SmtpLog.Connected(_shared.Logger, _reference, peer.Address);
        using var measure = new ConnectionMeasure(_shared, peer);
        if (await admission.EnterAsync(peer, _leavesLine.Token) is { } refusal)
        {
            await RefuseAsync(peer, refusal);
            return;
        }

        await ConverseAsync(peer, ct);
        measure.Succeeded();
    }

    private async Task ConverseAsync(SmtpPeer peer, CancellationToken ct)
    {
        using var session = new SmtpSession(_shared, peer, _transport);
        if (await session.RunAsync(ct))
        {
            // A client that is still sending would lose our last reply to the reset that closing causes.
            await _transport.LingerAsync(CloseTimeout);
        }
    }

    private async ValueTask RefuseAsync(SmtpPeer peer, SmtpReply reply)
    {
        using var trace = new SessionTrace(peer);
        new ReplySender(_shared, peer, _transport, trace, session: null)
            .Send(SmtpVerb.Unknown, reply.InPlaceOfGreeting(_shared.Options.HostName));
        await _transport.EndAsync();
    }

    [SuppressMessage("Design", "CA1031", Justification = "The connection is at its end in any case.")]
    private async Task CloseAsync()
    {
        var closing = _context.DisposeAsync().AsTask();
        try
        {
            await closing.WaitAsync(CloseTimeout, _shared.Time);
        }
        catch (TimeoutException)
        {
            // Aborted, the connection has nothing left to wait for.
            _context.Abort();
        }
        catch (Exception ex)
        {
            SmtpLog.ConnectionLost(_shared.Logger, _reference, ex.Message);
        }
    }
}
