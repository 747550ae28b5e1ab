using System.Net;
using System.Net.Sockets;
using Cybertemp.Mail.Clients;
using Microsoft.Extensions.Options;

namespace Cybertemp.Web.Webhooks;

/// <summary>
/// Makes the connections to webhooks. What a name stands for is looked at when it is connected to, and that very
/// address is connected to: a name that means something else a moment later gains nothing. Thread-safe.
/// </summary>
internal sealed class WebhookConnector(IOptions<WebhookOptions> options)
{
    private readonly NetworkList _allowed = NetworkList.Parse(options.Value.AllowedNetworks);

    /// <summary>
    /// A client that follows no redirect, keeps no cookie, uses no proxy, and tells no tracing of the address.
    /// </summary>
    public HttpMessageInvoker CreateClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        ConnectCallback = async (context, ct) => await ConnectAsync(context.DnsEndPoint, ct),
        ConnectTimeout = options.Value.Timeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        MaxResponseDrainSize = 16 * 1024,
        MaxResponseHeadersLength = 16,
    });

    /// <summary>Whether a webhook may be there.</summary>
    public bool Allows(IPAddress address) =>
        PublicNetwork.Contains(address)
        || _allowed.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    private async Task<Stream> ConnectAsync(DnsEndPoint target, CancellationToken ct)
    {
        var found = await Dns.GetHostAddressesAsync(target.Host, ct);
        IPAddress[] addresses = [.. found.Where(Allows)];
        if (addresses.Length == 0 && found.Length > 0)
        {
            throw new ForbiddenNetworkException("The target is in a private network.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
