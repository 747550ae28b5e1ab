using System.Globalization;
using System.Net;
using Cybertemp.AppHost.Servers;
using Microsoft.Extensions.Configuration;

namespace Cybertemp.AppHost;

/// <summary>The settings of the section <c>Cybertemp</c>, as <c>--Cybertemp:Replicas=3</c>.</summary>
internal sealed class StackOptions
{
    public const string Section = "Cybertemp";

    private const int MaxReplicas = 32;

    /// <summary>What PostgreSQL and Redis are. Default Auto; published Auto and Processes mean Containers.</summary>
    public ServerMode Servers { get; private init; }

    /// <summary>Receivers behind the one SMTP port. 1 to 32, default 1.</summary>
    public int Replicas { get; private init; } = 1;

    /// <summary>Where the local stack receives mail, on localhost. 1 to 65535, default 2525.</summary>
    public int SmtpPort { get; private init; } = 2525;

    /// <summary>Nothing is kept: servers without a volume. Default false.</summary>
    public bool EphemeralData { get; private init; }

    /// <summary>Domains and bans come from Supabase. Default false.</summary>
    public bool UseSupabase { get; private init; }

    /// <summary>Deployed, SMTP is reachable from outside. Default true; Azure Container Apps refuses it.</summary>
    public bool ExternalSmtp { get; private init; } = true;

    /// <summary>
    /// Opens all mail of the local stack, for tests that know it. 16 characters and more, default random ones.
    /// </summary>
    public string? OperatorKey { get; private init; }

    /// <summary>The settings, with defaults for what is not set.</summary>
    /// <exception cref="DistributedApplicationException">A key is unknown, or a value not allowed.</exception>
    public static StackOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var known = typeof(StackOptions).GetProperties().Select(static p => p.Name)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (section.GetChildren().FirstOrDefault(c => !known.Contains(c.Key)) is { } unknown)
        {
            throw new DistributedApplicationException(
                $"{Section}:{unknown.Key} is no setting. There are {string.Join(", ", known)}.");
        }

        return new()
        {
            Servers = Value(
                section, nameof(Servers), ServerMode.Auto, string.Join(", ", Enum.GetNames<ServerMode>()), TryParse),
            Replicas = Number(section, nameof(Replicas), 1, MaxReplicas),
            SmtpPort = Number(section, nameof(SmtpPort), 2525, IPEndPoint.MaxPort),
            EphemeralData = Value(section, nameof(EphemeralData), false, "true, false", bool.TryParse),
            UseSupabase = Value(section, nameof(UseSupabase), false, "true, false", bool.TryParse),
            ExternalSmtp = Value(section, nameof(ExternalSmtp), true, "true, false", bool.TryParse),
            OperatorKey = section[nameof(OperatorKey)] is { Length: > 0 } key ? key : null,
        };
    }

    private delegate bool Parse<T>(string text, out T value);

    private static bool TryParse(string text, out ServerMode mode) =>
        Enum.TryParse(text, ignoreCase: true, out mode) && char.IsAsciiLetter(text[0]);

    private static int Number(IConfiguration section, string key, int otherwise, int max) => Value(
        section, key, otherwise, $"1 to {max}", (string text, out int n) =>
            int.TryParse(text, CultureInfo.InvariantCulture, out n) && n >= 1 && n <= max);

    private static T Value<T>(
        IConfiguration section, string key, T otherwise, string allowed, Parse<T> tryParse) => section[key] switch
        {
            null or "" => otherwise,
            var text when tryParse(text, out var value) => value,
            var text =>
                throw new DistributedApplicationException($"{Section}:{key} is '{text}'. Allowed are {allowed}."),
        };
}
