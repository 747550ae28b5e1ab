using System.CommandLine;
using Cybertemp.Cli.Explaining;
using Cybertemp.Mail.Filters;
using Cybertemp.Mail.Filters.Mirror;

namespace Cybertemp.Cli.Commands;

/// <summary><c>explain SENDER RECIPIENT</c>: what the receiver answers to MAIL and RCPT, and why.</summary>
internal static class ExplainCommand
{
    private static readonly Argument<string> Sender = new("SENDER")
    {
        Description = "The envelope's sender, or an address of the header From; '' is the null sender",
    };

    private static readonly Argument<string> Recipient = new("RECIPIENT") { Description = "The envelope's recipient" };

    public static Command Create() =>
        new Command("explain", "Why mail is received or refused: the receiver's own checks, in its order")
        {
            Sender, Recipient,
        }
            .Runs(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken ct)
    {
        var (version, rules) = await ReadRulesAsync(context, ct);
        if (rules is null)
        {
            return await CommandContext.RefuseAsync(
                "No version of the filters is in force: receivers answer 451 until Sync has published one.",
                ExitCode.Unavailable);
        }

        var checks = new EnvelopeChecks(version, rules, context.Configuration);
        var sender = checks.CheckSender(context.Arguments.GetRequiredValue(Sender));
        var recipient = checks.CheckRecipient(context.Arguments.GetRequiredValue(Recipient));
        var isAccepted = sender.IsPositive && recipient.IsPositive;
        await context.WriteAsync(
            new
            {
                Version = version,
                Domains = rules.Domains.Count,
                Bans = rules.BanCount,
                Sender = sender,
                Recipient = recipient,
                IsAccepted = isAccepted,
            },
            version == 0
                ? "open: every domain, no bans"
                : $"version {version}: {rules.Domains.Count} domains, {rules.BanCount} bans",
            $"sender <{sender.Address}>: {sender.Reply} ({sender.Reason})",
            $"recipient <{recipient.Address}>: {recipient.Reply} ({recipient.Reason})");
        return isAccepted ? ExitCode.Done : ExitCode.Refused;
    }

    private static async Task<(long Version, FilterRules? Rules)> ReadRulesAsync(
        CommandContext context, CancellationToken ct)
    {
        if (context.Source("Domains") is FilterSourceKind.Open && context.Source("Bans") is FilterSourceKind.Open)
        {
            return (0, new FilterRules { AcceptsAllDomains = true });
        }

        var mirror = new MirrorReader(context.Redis);
        var version = await mirror.ReadCurrentVersionAsync(ct);
        return (version, version == 0 ? null : await mirror.ReadAsync(version, ct));
    }
}
