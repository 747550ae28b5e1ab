using System.Net;

namespace Cybertemp.SmtpReceiver.Smtp.Listening;

/// <summary>Addresses of clients in one form, whatever socket they came through.</summary>
internal static class ClientAddress
{
    public static IPAddress Of(EndPoint? remote) =>
        remote is IPEndPoint { Address: var address } ? Normalize(address) : IPAddress.None;

    /// <summary>IPv4 out of <c>::ffff:0:0/96</c>, as dual-stack sockets show it, and no scope id.</summary>
    public static IPAddress Normalize(IPAddress address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4(),
        { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6, ScopeId: not 0 } =>
            new IPAddress(address.GetAddressBytes()),
        _ => address,
    };
}
