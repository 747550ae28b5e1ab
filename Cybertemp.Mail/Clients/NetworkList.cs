using System.Net;

namespace Cybertemp.Mail.Clients;

/// <summary>IP networks out of an option. Immutable.</summary>
internal sealed class NetworkList
{
    private readonly IPNetwork[] _networks;

    private NetworkList(IPNetwork[] networks) => _networks = networks;

    public IReadOnlyList<IPNetwork> Networks => _networks;

    /// <summary>Reads networks in CIDR notation and single addresses, separated by commas.</summary>
    public static bool TryParse(string text, out NetworkList networks)
    {
        var parts = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var parsed = Array.ConvertAll(parts, static p => TryParseOne(p, out var network) ? network : (IPNetwork?)null);
        networks = new NetworkList([.. parsed.OfType<IPNetwork>()]);
        return !parsed.Contains(null);
    }

    /// <summary>For text that validation has let pass.</summary>
    public static NetworkList Parse(string text) =>
        TryParse(text, out var networks) ? networks : throw new FormatException(text);

    /// <summary>For an address that is unmapped already.</summary>
    public bool Contains(IPAddress address) => Array.Exists(_networks, n => n.Contains(address));

    private static bool TryParseOne(string text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        return IPNetwork.TryParse(text, out network);
    }
}
