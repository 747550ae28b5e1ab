using System.Net;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Dashboard.Frontend;

/// <summary>
/// Against DNS rebinding: a request is for us only when its Host is loopback's name, an address, or the name we were told
/// to listen on. A stranger's name that resolves to this machine is none of these.
/// </summary>
internal static class HostRule
{
    private const string Localhost = "localhost";

    public static bool Allows(HostString host, Uri configured)
    {
        var name = host.Host.Trim('[', ']');
        return string.Equals(name, Localhost, StringComparison.OrdinalIgnoreCase)
            || name.EndsWith($".{Localhost}", StringComparison.OrdinalIgnoreCase)
            || string.Equals(name, configured.Host, StringComparison.OrdinalIgnoreCase)
            || IPAddress.TryParse(name, out _);
    }
}
