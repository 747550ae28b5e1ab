using System.CommandLine;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;

namespace Cybertemp.Cli;

/// <summary>
/// Where the receiver is: <c>--server HOST[:PORT]</c>, by default this machine and the configured <c>Smtp:Port</c>.
/// </summary>
internal static class SmtpServerOption
{
    private const int SmtpPort = 25;

    public static readonly Option<DnsEndPoint?> Value = new("--server")
    {
        Description = "The receiver; by default 127.0.0.1 and Smtp:Port, or the local stack that runs here",
        HelpName = "HOST[:PORT]",
        CustomParser = static result =>
        {
            var given = result.Tokens[0].Value;
            if (TryParse(given, out var server))
            {
                return server;
            }

            result.AddError($"'{given}' is not HOST or HOST:PORT.");
            return null;
        },
    };

    public static DnsEndPoint Of(CommandContext context) => context.Arguments.GetValue(Value)
        ?? new DnsEndPoint("127.0.0.1", context.Configuration.GetValue("Smtp:Port", SmtpPort));

    public static string Text(DnsEndPoint server) =>
        string.Create(CultureInfo.InvariantCulture, $"{server.Host}:{server.Port}");

    private static bool TryParse(string given, out DnsEndPoint server)
    {
        var end = given is ['[', ..]
            ? given.IndexOf(']', StringComparison.Ordinal) + 1
            : given.IndexOf(':', StringComparison.Ordinal);
        var (host, port) = end < 0 || end == given.Length ? (given, $":{SmtpPort}") : (given[..end], given[end..]);
        var isPort = ushort.TryParse(port.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && port[0] == ':'
            && number > 0;
        host = host.Trim('[', ']');
        server = new DnsEndPoint(host.Length > 0 ? host : "localhost", isPort ? number : SmtpPort);
        return isPort && host.Length > 0;
    }
}
