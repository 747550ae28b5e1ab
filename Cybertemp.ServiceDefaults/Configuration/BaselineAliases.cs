using Microsoft.Extensions.Configuration;

namespace Cybertemp.ServiceDefaults.Configuration;

/// <summary>
/// The variables of the server that Cybertemp replaces, as aliases: each gives its option a value unless the option
/// itself is set.
/// </summary>
public static class BaselineAliases
{
    /// <summary>Alias and option; the value is taken as it is.</summary>
    private static readonly (string Alias, string Option)[] Renamed =
    [
        ("SMTP_RECEIVE_PORT", "Smtp:Port"),
        ("HEARTBEAT_URL", "Heartbeat:Url"),
        ("SUPABASE_URL", "Supabase:Url"),
        ("SUPABASE_SERVICE_ROLE_KEY", "Supabase:ServiceRoleKey"),
    ];

    private static readonly (string Alias, string Option)[] Sources =
        [("USE_SUPABASE_DOMAINS", "Filters:Domains:Source"), ("USE_SUPABASE_BANS", "Filters:Bans:Source")];

    /// <summary>The options that the aliases in <paramref name="configuration"/> stand for.</summary>
    /// <exception cref="ConfigurationException">An alias has a value that it cannot have.</exception>
    public static IReadOnlyDictionary<string, string?> Resolve(IConfiguration configuration)
    {
        var options = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (configuration["DATABASE_URL"] is { Length: > 0 } url)
        {
            options["ConnectionStrings:cybertemp"] = DatabaseUrl.ToConnectionString(url);
        }

        foreach (var (alias, option) in Renamed)
        {
            if (configuration[alias] is { Length: > 0 } value)
            {
                options[option] = value;
            }
        }

        var defaultSource = string.IsNullOrEmpty(configuration["SUPABASE_URL"]) ? "Postgres" : "Supabase";
        foreach (var (alias, option) in Sources)
        {
            options[option] = IsSwitchedOff(alias, configuration[alias]) ? "Open" : defaultSource;
        }

        return options;
    }

    private static bool IsSwitchedOff(string alias, string? value) => value?.Trim().ToUpperInvariant() switch
    {
        null or "" or "TRUE" or "1" or "YES" or "ON" => false,
        "FALSE" or "0" or "NO" or "OFF" => true,
        _ => throw new ConfigurationException($"{alias} is '{value}': allowed are true and false."),
    };
}
