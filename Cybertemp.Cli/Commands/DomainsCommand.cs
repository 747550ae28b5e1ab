using System.CommandLine;
using System.CommandLine.Parsing;
using Cybertemp.Mail.Addresses;
using Cybertemp.Mail.Filters;

namespace Cybertemp.Cli.Commands;

/// <summary><c>domains list|add|remove</c>.</summary>
internal static class DomainsCommand
{
    private static readonly Argument<DomainPattern[]> Domains = new("DOMAIN")
    {
        Description = "A domain, or *.DOMAIN for its subdomains at any depth without itself",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = static result => [.. result.Tokens.Select(token => Parse(token.Value, result))],
    };

    public static Command Create() => new("domains", "The domains that mail is received for")
    {
        new Command("list", "Lists them").Runs(ListAsync),
        new Command("add", "Receives mail for them") { Domains }
            .Runs(static (context, ct) => ChangeAsync(context, isAddition: true, ct)),
        new Command("remove", "Receives no more mail for them") { Domains }
            .Runs(static (context, ct) => ChangeAsync(context, isAddition: false, ct)),
    };

    private static DomainPattern Parse(string given, ArgumentResult result)
    {
        if (!DomainPattern.TryParse(given, out var domain))
        {
            result.AddError($"'{given}' is neither a domain nor *. and a domain.");
        }

        return domain;
    }

    private static async Task<int> ListAsync(CommandContext context, CancellationToken ct)
    {
        if (context.Source("Domains") is not FilterSourceKind.Postgres and var source)
        {
            return await RefuseAsync(source);
        }

        var domains = (await new RuleTables(context.Database).ReadDomainsAsync(ct))
            .ConvertAll(static row => row.Domain ?? "");
        await context.WriteAsync(domains, domains);
        return ExitCode.Done;
    }

    private static async Task<int> ChangeAsync(CommandContext context, bool isAddition, CancellationToken ct)
    {
        if (context.Source("Domains") is not FilterSourceKind.Postgres and var source)
        {
            return await RefuseAsync(source);
        }

        var tables = new RuleTables(context.Database);
        var (outcomes, isAnyDone) = (new List<(string Domain, string Outcome)>(), false);
        foreach (var domain in context.Arguments.GetRequiredValue(Domains))
        {
            var isDone = isAddition
                ? await tables.AddDomainAsync(domain, ct)
                : await tables.RemoveDomainAsync(domain, ct);
            isAnyDone |= isDone;
            outcomes.Add((domain.ToString(), (isAddition, isDone) switch
            {
                (true, true) => "added",
                (true, false) => "is there already",
                (false, true) => "removed",
                (false, false) => "is not there",
            }));
        }

        await context.WriteAsync(
            outcomes.Select(static o => new { o.Domain, o.Outcome }),
            outcomes.Select(static o => $"{o.Domain} {o.Outcome}"));
        return isAnyDone ? ExitCode.Done : ExitCode.Refused;
    }

    private static Task<int> RefuseAsync(FilterSourceKind source) => CommandContext.RefuseAsync(
        $"The domains come from {source} (Filters:Domains:Source), not from the own database: change them there.");
}
