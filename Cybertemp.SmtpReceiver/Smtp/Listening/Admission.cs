using System.Net;
using Cybertemp.SmtpReceiver.Smtp.Transport;

namespace Cybertemp.SmtpReceiver.Smtp.Listening;

/// <summary>
/// What a connection must pass before its greeting: the PROXY header where one is due, the limits of its client, the
/// line for a session. Owned by one connection.
/// </summary>
internal sealed class Admission(SmtpShared shared, SmtpTransport transport) : IDisposable
{
    private SmtpPeer? _counted;
    private bool _isFurther;
    private bool _hasSession;

    /// <summary>Null when the PROXY header is missing, bad or late.</summary>
    public async ValueTask<SmtpPeer?> IdentifyAsync(IPAddress direct, string reference)
    {
        if (!shared.ProxyNetworks.Contains(direct))
        {
            return new SmtpPeer(direct, reference, shared.UnlimitedNetworks.Contains(direct));
        }

        var due = transport.After(shared.Options.ProxyHeaderTimeout);
        while (true)
        {
            switch (transport.TakeProxyHeader(out var client))
            {
                case ProxyHeaderStatus.Complete when client is null:
                    return new SmtpPeer(direct, reference, shared.UnlimitedNetworks.Contains(direct));
                case ProxyHeaderStatus.Complete:
                    return new SmtpPeer(ClientAddress.Normalize(client), reference, IsExempt: false);
                case ProxyHeaderStatus.Incomplete when await transport.ReadMoreAsync(due) is InputStatus.Ready:
                    break;
                case ProxyHeaderStatus.Incomplete or ProxyHeaderStatus.Invalid:
                default:
                    return null;
            }
        }
    }

    /// <summary>Waits in line where it must.</summary>
    /// <param name="ct">The client is gone, or the server stops.</param>
    /// <returns>Null, or the reply that ends the connection.</returns>
    public async ValueTask<SmtpReply?> EnterAsync(SmtpPeer peer, CancellationToken ct)
    {
        if (shared.Clients.Enter(peer, out var isFirst) is { } refusal)
        {
            return refusal;
        }

        _counted = peer;
        _isFurther = !isFirst && await shared.FurtherSessions.TakeAsync(1, shared.Options.MaxSessionWait, ct);
        _hasSession = (isFirst || _isFurther) && await shared.Sessions.TakeAsync(1, shared.Options.MaxSessionWait, ct);
        return _hasSession ? null : SmtpReply.ServerBusy;
    }

    /// <summary>Makes room for the next.</summary>
    public void Dispose()
    {
        if (_hasSession)
        {
            shared.Sessions.Release(1);
        }

        if (_isFurther)
        {
            shared.FurtherSessions.Release(1);
        }

        if (_counted is not null)
        {
            shared.Clients.Leave(_counted);
        }
    }
}
