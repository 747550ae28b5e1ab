using System.Net;
using System.Net.Sockets;

namespace Cybertemp.Web.Webhooks;

/// <summary>
/// Tells addresses of the internet from those that only machines around here reach: IANA's special-purpose registries
/// (RFC 6890), Azure's own service for its machines, and IPv6 addresses that lead to such an IPv4 address.
/// </summary>
internal static class PublicNetwork
{
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16",
            "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
            "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7",
            "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(static network => IPNetwork.Parse(network)),
    ];

    /// <summary>NAT64 (RFC 6052): the last four octets are an IPv4 address.</summary>
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>6to4 (RFC 3056): octets 2 to 5 are an IPv4 address.</summary>
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    public static bool Contains(IPAddress address)
    {
        var plain = Unwrap(address);
        return !Special.Any(network => network.Contains(plain));
    }

    private static IPAddress Unwrap(IPAddress address)
    {
        if (address.AddressFamily is not AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var octets = address.GetAddressBytes();
        return address.IsIPv4MappedToIPv6 || Nat64.Contains(address) ? new IPAddress(octets.AsSpan(12))
            : SixToFour.Contains(address) ? new IPAddress(octets.AsSpan(2, 4))
            : new IPAddress(octets);
    }
}
