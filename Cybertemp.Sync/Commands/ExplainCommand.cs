using Cybertemp.Sync.Mirror;
using Cybertemp.Sync.Rules;

namespace Cybertemp.Sync.Commands;

/// <summary><c>explain SENDER RECIPIENT</c>: which rule of the version in force decides, for each of the two.</summary>
internal static class ExplainCommand
{
    /// <summary>Runs the command.</summary>
    /// <returns>The exit code: whether mail would be accepted.</returns>
    public static async Task<int> RunAsync(string sender, string recipient, MirrorReader reader, TextWriter output, CancellationToken ct)
    {
        if (!TryRead(sender, out var from) || !TryRead(recipient, out var to) || to.Length == 0)
        {
            await output.WriteLineAsync("Both arguments have to be addresses; '' or <> is the null sender.");
            return OperatorCommand.UsageError;
        }

        var version = await reader.ReadCurrentVersionAsync(ct);
        if (version == 0)
        {
            await output.WriteLineAsync("No version is in force yet: receivers answer 451.");
            return OperatorCommand.Unavailable;
        }

        var rules = await reader.ReadAsync(version, ct);
        var ban = from.Length == 0 ? null : RuleExplanation.FindBan(rules, LocalPart(from), Domain(from));
        var accepting = RuleExplanation.FindAccepting(rules, Domain(to));
        await output.WriteLineAsync($"version {version}: {rules.Domains.Count} domains, {rules.BanCount} bans");
        await output.WriteLineAsync(ban is null ? $"sender <{from}>: no ban" : $"sender <{from}>: banned by {ban}");
        await output.WriteLineAsync(accepting is null ? $"recipient <{to}>: no rule accepts its domain" : $"recipient <{to}>: accepted by {accepting}");
        return ban is null && accepting is not null ? OperatorCommand.Success : OperatorCommand.Negative;
    }

    private static bool TryRead(string argument, out string address)
    {
        var given = argument is ['<', .. var inner, '>'] ? inner : argument;
        address = given.Equals("postmaster", StringComparison.OrdinalIgnoreCase) ? "postmaster" : "";
        return given.Length == address.Length || RuleNormalForm.TryAddress(given, out address);
    }

    private static string LocalPart(string address) => address.LastIndexOf('@') is >= 0 and var at ? address[..at] : address;

    private static string Domain(string address) => address.LastIndexOf('@') is >= 0 and var at ? address[(at + 1)..] : "";
}
