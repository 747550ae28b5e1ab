using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Cybertemp.ServiceDefaults.Configuration;

/// <summary>
/// Where the health pages are served, looked at before Kestrel meets it with an exception of its own.
/// </summary>
public static class HttpAddresses
{
    private const string Allowed = "allowed is http://HOST:PORT, several separated by semicolons.";

    /// <summary>Checks ASPNETCORE_URLS and the lists of ports that stand for it.</summary>
    /// <exception cref="ConfigurationException">One of them cannot be listened on.</exception>
    public static void Validate(IConfiguration configuration)
    {
        foreach (var address in Split(configuration["urls"]))
        {
            if (!IsAddress(address))
            {
                throw new ConfigurationException($"ASPNETCORE_URLS is '{configuration["urls"]}': {Allowed}");
            }
        }

        foreach (var key in (string[])["HTTP_PORTS", "HTTPS_PORTS"])
        {
            if (!Split(configuration[key]).All(IsPort))
            {
                throw new ConfigurationException(
                    $"{key} is '{configuration[key]}': allowed is a port, several separated by semicolons.");
            }
        }
    }

    private static string[] Split(string? list) =>
        (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool IsAddress(string address)
    {
        try
        {
            return BindingAddress.Parse(address).Port is >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool IsPort(string port) =>
        ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
