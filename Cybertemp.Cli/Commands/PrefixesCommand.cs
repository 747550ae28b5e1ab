using System.CommandLine;
using Cybertemp.Mail.Filters;
using Cybertemp.Mail.Filters.Recipients;

namespace Cybertemp.Cli.Commands;

/// <summary><c>prefixes list|add|remove</c>.</summary>
internal static class PrefixesCommand
{
    private static readonly Argument<string> Domain = new("DOMAIN")
    {
        Description = "A domain, or *.DOMAIN for its subdomains at any depth without itself",
    };

    private static readonly Argument<string> Prefix = new("PREFIX")
    {
        Description = "What a local part there may begin with",
    };

    public static Command Create() => new("prefixes", "Domains that receive for certain beginnings only")
    {
        new Command("list", "Lists them").Runs(ListAsync),
        new Command("add", "Allows a prefix; with a domain's first one all its other local parts are refused")
        {
            Domain, Prefix,
        }
            .Runs(static (context, ct) => ChangeAsync(context, isAddition: true, ct)),
        new Command("remove", "Takes one back; without a domain's last one any local part is received")
        {
            Domain, Prefix,
        }
            .Runs(static (context, ct) => ChangeAsync(context, isAddition: false, ct)),
    };

    private static async Task<int> ListAsync(CommandContext context, CancellationToken ct)
    {
        if (context.RecipientSource is not FilterSourceKind.Postgres and var source)
        {
            return await RefuseAsync(source);
        }

        var rows = await new RecipientTables(context.Database).ReadPrefixesAsync(ct);
        await context.WriteAsync(
            rows.Select(static row => new { row.Domain, row.Prefix }),
            rows.Select(static row => $"{row.Domain} {row.Prefix}"));
        return ExitCode.Done;
    }

    private static async Task<int> ChangeAsync(CommandContext context, bool isAddition, CancellationToken ct)
    {
        var (domain, prefix) = (context.Arguments.GetValue(Domain), context.Arguments.GetValue(Prefix));
        if (!PrefixRule.TryParse(domain, prefix, out var rule))
        {
            return await CommandContext.RefuseAsync(
                $"'{domain}' and '{prefix}' are no domain and beginning of a local part.", ExitCode.Usage);
        }

        if (context.RecipientSource is not FilterSourceKind.Postgres and var source)
        {
            return await RefuseAsync(source);
        }

        var tables = new RecipientTables(context.Database);
        var isDone = isAddition ? await tables.AddPrefixAsync(rule, ct) : await tables.RemovePrefixAsync(rule, ct);
        var outcome = (isAddition, isDone) switch
        {
            (true, true) => "added",
            (true, false) => "is there already",
            (false, true) => "removed",
            (false, false) => "is not there",
        };
        await context.WriteAsync(
            new { Domain = $"{rule.Domain}", rule.Prefix, Outcome = outcome },
            $"{rule.Domain} {rule.Prefix} {outcome}");
        return isDone ? ExitCode.Done : ExitCode.Refused;
    }

    private static Task<int> RefuseAsync(FilterSourceKind source) => CommandContext.RefuseAsync(
        $"Prefixes come from {source} (Filters:Domains:Source), not from the own database: change them there.");
}
