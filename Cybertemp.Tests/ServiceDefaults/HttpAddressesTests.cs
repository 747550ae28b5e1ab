using Cybertemp.ServiceDefaults.Configuration;
using Microsoft.Extensions.Configuration;

namespace Cybertemp.Tests.ServiceDefaults;

public sealed class HttpAddressesTests
{
    [Theory]
    [InlineData("urls", "http://127.0.0.1:8025")]
    [InlineData("urls", "http://*:8080;http://[::1]:8081")]
    [InlineData("urls", "http://localhost")]
    [InlineData("http_ports", "8080;8081")]
    [InlineData("http_ports", "")]
    public void Takes_what_Kestrel_takes(string key, string value) => Validate(key, value);

    [Theory]
    [InlineData(
        "urls", "http://127.0.0.1:82626",
        "ASPNETCORE_URLS is 'http://127.0.0.1:82626': allowed is http://HOST:PORT, several separated by semicolons.")]
    [InlineData(
        "urls", "8080", "ASPNETCORE_URLS is '8080': allowed is http://HOST:PORT, several separated by semicolons.")]
    [InlineData("http_ports", "many", "HTTP_PORTS is 'many': allowed is a port, several separated by semicolons.")]
    public void Says_in_one_line_what_it_does_not_take(string key, string value, string message) =>
        Assert.Equal(message, Assert.Throws<ConfigurationException>(() => Validate(key, value)).Message);

    private static void Validate(string key, string value) => HttpAddresses.Validate(
        new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { [key] = value }).Build());
}
