using System.Data.Common;
using System.Globalization;

namespace Cybertemp.ServiceDefaults.Configuration;

/// <summary>
/// A libpq connection URI (<c>postgresql://user:password@host:port,host2/database?sslmode=require</c>) as an Npgsql
/// connection string. Npgsql itself does not read URIs.
/// </summary>
public static class DatabaseUrl
{
    private const string Key = "DATABASE_URL";

    private static readonly string[] Schemes = ["postgresql://", "postgres://"];

    // libpq's parameter words (PostgreSQL documentation, 34.1.2) and Npgsql's name of the same thing.
    private static readonly Dictionary<string, string> Keywords = new(StringComparer.Ordinal)
    {
        ["user"] = "Username",
        ["password"] = "Password",
        ["passfile"] = "Passfile",
        ["dbname"] = "Database",
        ["sslmode"] = "SSL Mode",
        ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["sslpassword"] = "SSL Password",
        ["channel_binding"] = "Channel Binding",
        ["application_name"] = "Application Name",
        ["connect_timeout"] = "Timeout",
        ["options"] = "Options",
        ["target_session_attrs"] = "Target Session Attributes",
    };

    /// <summary>Translates <paramref name="url"/>.</summary>
    /// <exception cref="ConfigurationException">
    /// It is not such a URI; the message names the part at fault, never the URI.
    /// </exception>
    public static string ToConnectionString(string url)
    {
        var scheme = Array.Find(Schemes, s => url.StartsWith(s, StringComparison.OrdinalIgnoreCase))
            ?? throw Invalid("must start with postgresql:// or postgres://");
        var (body, query) = Cut(url[scheme.Length..], '?');
        var (authority, database) = Cut(body, '/');
        var at = authority.LastIndexOf('@');
        var (user, password) = at < 0 ? ("", "") : Cut(authority[..at], ':');

        var settings = new DbConnectionStringBuilder();
        Set(settings, "Username", Decode(user));
        Set(settings, "Password", Decode(password));
        Set(settings, "Database", Decode(database));
        var (hosts, ports) = Hosts(authority[(at + 1)..]);
        foreach (var parameter in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            Apply(settings, Cut(parameter, '='), ref hosts, ref ports);
        }

        SetHosts(settings, hosts, ports);
        return settings.ConnectionString;
    }

    private static void Apply(
        DbConnectionStringBuilder settings,
        (string Name, string Value) parameter,
        ref string[] hosts,
        ref string[] ports)
    {
        var (name, value) = (Decode(parameter.Name), Decode(parameter.Value));
        if (name == "host")
        {
            hosts = value.Split(',');
        }
        else if (name == "port")
        {
            ports = value.Split(',');
        }
        else if (Keywords.TryGetValue(name, out var keyword))
        {
            Set(settings, keyword, Translate(name, value));
        }
        else
        {
            throw Invalid(
                $"parameter '{name}' is not known; allowed are host, port, {string.Join(", ", Keywords.Keys)}");
        }
    }

    private static string Translate(string name, string value) => name switch
    {
        "sslmode" => value switch
        {
            "disable" or "allow" or "prefer" or "require" => value,
            "verify-ca" => "VerifyCA",
            "verify-full" => "VerifyFull",
            _ => throw Invalid(
                $"sslmode is '{value}'; allowed are disable, allow, prefer, require, verify-ca, verify-full"),
        },
        "target_session_attrs" => value switch
        {
            "any" or "read-write" or "read-only" or "primary" or "standby" or "prefer-standby" => value,
            _ => throw Invalid(
                $"target_session_attrs is '{value}'; allowed are any, read-write, read-only, primary, standby, "
                + "prefer-standby"),
        },
        "connect_timeout" when !int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _) =>
            throw Invalid($"connect_timeout is '{value}'; allowed is a whole number of seconds"),
        _ => value,
    };

    private static (string[] Hosts, string[] Ports) Hosts(string authority)
    {
        var entries = authority.Length == 0 ? [] : authority.Split(',');
        var hosts = new string[entries.Length];
        var ports = new string[entries.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            var bracket = entries[i].StartsWith('[') ? entries[i].IndexOf(']', StringComparison.Ordinal) : 0;
            var colon = bracket < 0
                ? throw Invalid("an IPv6 host lacks its closing bracket")
                : entries[i].IndexOf(':', bracket);
            hosts[i] = Decode((colon < 0 ? entries[i] : entries[i][..colon]).Trim('[', ']'));
            ports[i] = colon < 0 ? "" : entries[i][(colon + 1)..];
        }

        return (hosts, ports);
    }

    private static void SetHosts(DbConnectionStringBuilder settings, string[] hosts, string[] ports)
    {
        foreach (var port in ports.Where(p => p.Length > 0 && (
            !ushort.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)))
        {
            throw Invalid($"port is '{port}'; allowed is 1 to 65535");
        }

        if (hosts.Length <= 1)
        {
            Set(settings, "Host", hosts is [{ Length: > 0 } host] ? host : "localhost");
            Set(settings, "Port", ports is [var port, ..] ? port : "");

            // Npgsql refuses the setting with a single host, where it decides nothing.
            settings.Remove("Target Session Attributes");
            return;
        }

        // libpq: one port for all hosts, or one for each.
        var pairs = hosts
            .Select((host, i) => (Host: host, Port: ports.Length == 1 ? ports[0] : ports.ElementAtOrDefault(i) ?? ""));
        var addresses = pairs.Select(static p =>
            (p.Host.Contains(':', StringComparison.Ordinal) ? $"[{p.Host}]" : p.Host)
            + (p.Port.Length > 0 ? $":{p.Port}" : ""));
        Set(settings, "Host", string.Join(',', addresses));
    }

    private static void Set(DbConnectionStringBuilder settings, string keyword, string value)
    {
        if (value.Length > 0)
        {
            settings[keyword] = value;
        }
    }

    private static string Decode(string text)
    {
        for (var i = text.IndexOf('%', StringComparison.Ordinal); i >= 0; i = text.IndexOf('%', i + 1))
        {
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
            {
                throw Invalid(
                    "a percent sign must be followed by two hexadecimal digits (write a percent sign as %25)");
            }
        }

        var decoded = Uri.UnescapeDataString(text);
        return decoded.Contains('\0', StringComparison.Ordinal)
            ? throw Invalid("%00 cannot be part of a name or value")
            : decoded;
    }

    private static (string Before, string After) Cut(string text, char separator)
    {
        var index = text.IndexOf(separator, StringComparison.Ordinal);
        return index < 0 ? (text, "") : (text[..index], text[(index + 1)..]);
    }

    private static ConfigurationException Invalid(string reason) => new($"{Key}: {reason}.");
}
