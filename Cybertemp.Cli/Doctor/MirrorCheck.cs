using System.Globalization;
using Cybertemp.Mail.Filters;
using Cybertemp.Mail.Filters.Mirror;

namespace Cybertemp.Cli.Doctor;

/// <summary>Whether receivers find the filters in Redis, and a Sync keeps them.</summary>
internal static class MirrorCheck
{
    private const string StartSync = "start Sync, with the same ConnectionStrings__redis";

    public static async Task<IReadOnlyList<Finding>> RunAsync(CommandContext context, CancellationToken ct)
    {
        if (context.Source("Domains") is FilterSourceKind.Open && context.Source("Bans") is FilterSourceKind.Open)
        {
            return [Finding.Ok("Redis", "not needed: every domain is accepted and nobody is banned")];
        }

        var latency = await context.Redis.RunAsync(static db => db.PingAsync(), ct);
        var hasLease = await context.Redis.RunAsync(static db => db.KeyExistsAsync(MirrorContract.LeaseKey), ct);
        return
        [
            Finding.Ok(
                "Redis", string.Create(CultureInfo.InvariantCulture, $"answers in {latency.TotalMilliseconds:0.0} ms")),
            await FiltersAsync(new MirrorReader(context.Redis), ct),
            hasLease
                ? Finding.Ok("Sync", "one is active")
                : Finding.Problem("Sync", "none is active: changes of domains and bans wait", StartSync),
        ];
    }

    private static async Task<Finding> FiltersAsync(MirrorReader mirror, CancellationToken ct)
    {
        var version = await mirror.ReadCurrentVersionAsync(ct);
        if (version == 0)
        {
            return Finding.Problem("filters", "none in Redis: receivers without a snapshot answer 451", StartSync);
        }

        try
        {
            var rules = await mirror.ReadAsync(version, ct);
            var text = string.Create(
                CultureInfo.InvariantCulture,
                $"version {version}: {rules.Domains.Count} domains, {rules.BanCount} bans");
            return rules.AcceptsAllDomains || rules.Domains.Count > 0
                ? Finding.Ok("filters", text)
                : Finding.Problem(
                    "filters", $"{text}: no mail is received", "add one: cybertemp domains add example.com");
        }
        catch (InvalidDataException ex)
        {
            return Finding.Problem("filters", $"version {version} cannot be read: {ex.Message}", StartSync);
        }
    }
}
