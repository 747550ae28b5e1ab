using System.CommandLine;
using Cybertemp.Mail.Filters;

namespace Cybertemp.Cli.Commands;

/// <summary><c>bans list|add|remove</c>.</summary>
internal static class BansCommand
{
    private const string Active = "active";

    private static readonly Argument<string> Scope = new Argument<string>("SCOPE")
    {
        Description = "What is compared: the whole address, or its domain with all subdomains",
    }.AcceptOnlyFromAmong("email", "domain");

    private static readonly Argument<string> Value = new("VALUE")
    {
        Description = "An address, a domain, or with contains a part of one",
    };

    private static readonly Argument<string> Match = new Argument<string>("MATCH")
    {
        Description = "Whether all of it or a part of it",
        DefaultValueFactory = static _ => "exact",
    }.AcceptOnlyFromAmong("exact", "contains");

    public static Command Create() => new("bans", "The senders whose mail is refused")
    {
        new Command("list", "Lists them, and those that are not in force").Runs(ListAsync),
        new Command("add", "Refuses a sender's mail") { Scope, Value, Match }
            .Runs(static (context, ct) => ChangeAsync(context, isAddition: true, ct)),
        new Command("remove", "Takes a ban back") { Scope, Value, Match }
            .Runs(static (context, ct) => ChangeAsync(context, isAddition: false, ct)),
    };

    private static async Task<int> ListAsync(CommandContext context, CancellationToken ct)
    {
        if (context.Source("Bans") is not FilterSourceKind.Postgres and var source)
        {
            return await RefuseAsync(source);
        }

        var rows = await new RuleTables(context.Database).ReadBansAsync(ct);
        await context.WriteAsync(
            rows.Select(static row => new { row.Ban.Id, row.Ban.Scope, row.Ban.Value, row.Ban.MatchType, row.Status }),
            rows.Select(static row => Line(row.Ban, row.Status)));
        return ExitCode.Done;
    }

    /// <summary>As <c>bans add</c> takes it, with what keeps it from being in force.</summary>
    private static string Line(BanRow row, string? status)
    {
        var isReadable = BanRule.TryParse(row.Scope, row.MatchType, row.Value, out var ban);
        var note = isReadable ? status == Active ? "" : $" ({status ?? "no status"})" : " (unreadable, not in force)";
        return $"{ban.Scope} {row.Value} {ban.MatchType}{note}";
    }

    private static async Task<int> ChangeAsync(CommandContext context, bool isAddition, CancellationToken ct)
    {
        var (scope, value, match) =
            (context.Arguments.GetValue(Scope), context.Arguments.GetValue(Value), context.Arguments.GetValue(Match));
        if (!BanRule.TryParse(scope, match, value, out var ban))
        {
            return await CommandContext.RefuseAsync(
                $"'{value}' is no {(match == "contains" ? $"part of an {scope}" : scope)}.", ExitCode.Usage);
        }

        if (context.Source("Bans") is not FilterSourceKind.Postgres and var source)
        {
            return await RefuseAsync(source);
        }

        var tables = new RuleTables(context.Database);
        var isDone = isAddition ? await tables.AddBanAsync(ban, ct) : await tables.RemoveBanAsync(ban, ct);
        var outcome = (isAddition, isDone) switch
        {
            (true, true) => "added",
            (true, false) => "is in force already",
            (false, true) => "removed",
            (false, false) => "is not there",
        };
        await context.WriteAsync(
            new { ban.Scope, Value = ban.Rule, ban.MatchType, Outcome = outcome },
            $"{ban.Scope} {ban.Rule} {ban.MatchType} {outcome}");
        return isDone ? ExitCode.Done : ExitCode.Refused;
    }

    private static Task<int> RefuseAsync(FilterSourceKind source) => CommandContext.RefuseAsync(
        $"The bans come from {source} (Filters:Bans:Source), not from the own database: change them there.");
}
