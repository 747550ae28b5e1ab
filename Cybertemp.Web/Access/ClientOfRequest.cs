using System.Net;
using Cybertemp.Mail.Clients;

namespace Cybertemp.Web.Access;

/// <summary>From where a request comes, as far as the configured proxies say.</summary>
internal static class ClientOfRequest
{
    /// <summary>Null over a Unix socket: from this machine.</summary>
    public static IPAddress? Client(this HttpContext context) =>
        context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped
            ? mapped.MapToIPv4()
            : context.Connection.RemoteIpAddress;

    /// <summary>What is counted as one client; null for one that is not counted.</summary>
    public static ClientKey? Counted(this HttpContext context, NetworkList unlimited) =>
        context.Client() is { } address && !unlimited.Contains(address) ? ClientKey.Of(address) : null;
}
