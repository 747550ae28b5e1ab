using System.Net;

namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>
/// What a connection must pass before its greeting: the PROXY header where one is due, the limits of its client, the
/// line for a session. Owned by one connection.
/// </summary>
internal sealed class Admission(SmtpServer server, SmtpTransport transport) : IDisposable
{
    private SmtpPeer? _counted;
    private bool _hasSession;

    /// <summary>Null when the PROXY header is missing, bad or late.</summary>
    public async ValueTask<SmtpPeer?> IdentifyAsync(IPAddress direct, string reference)
    {
        if (!server.ProxyNetworks.Contains(direct))
        {
            return new SmtpPeer(direct, reference, server.UnlimitedNetworks.Contains(direct));
        }

        var due = transport.After(server.Options.ProxyHeaderTimeout);
        while (true)
        {
            switch (transport.TakeProxyHeader(out var client))
            {
                case ProxyHeaderStatus.Complete when client is null:
                    return new SmtpPeer(direct, reference, server.UnlimitedNetworks.Contains(direct));
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
        if (server.Clients.Enter(peer) is { } refusal)
        {
            return refusal;
        }

        _counted = peer;
        _hasSession = await server.Sessions.TakeAsync(1, server.Options.MaxSessionWait, ct);
        return _hasSession ? null : SmtpReply.ServerBusy;
    }

    /// <summary>Makes room for the next.</summary>
    public void Dispose()
    {
        if (_hasSession)
        {
            server.Sessions.Release(1);
        }

        if (_counted is not null)
        {
            server.Clients.Leave(_counted);
        }
    }
}
