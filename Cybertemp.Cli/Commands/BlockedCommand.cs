using System.CommandLine;
using Cybertemp.Mail.Filters;
using Cybertemp.Mail.Filters.Recipients;

namespace Cybertemp.Cli.Commands;

/// <summary><c>blocked list|add|remove</c>.</summary>
internal static class BlockedCommand
{
    private const string Postmaster = "postmaster@";

    private static readonly Argument<string> Address = InboxArgument.Create();

    public static Command Create() => new("blocked", "The addresses that no mail is received for")
    {
        new Command("list", "Lists them").Runs(ListAsync),
        new Command("add", "Refuses mail for an address; what is stored stays") { Address }
            .Runs(static (context, ct) => ChangeAsync(context, isAddition: true, ct)),
        new Command("remove", "Receives mail for it again") { Address }
            .Runs(static (context, ct) => ChangeAsync(context, isAddition: false, ct)),
    };

    private static async Task<int> ListAsync(CommandContext context, CancellationToken ct)
    {
        if (context.RecipientSource is not FilterSourceKind.Postgres and var source)
        {
            return await RefuseAsync(source);
        }

        var addresses = (await new RecipientTables(context.Database).ReadBlockedAsync(ct))
            .ConvertAll(static row => row.Address ?? "");
        await context.WriteAsync(addresses, addresses);
        return ExitCode.Done;
    }

    private static async Task<int> ChangeAsync(CommandContext context, bool isAddition, CancellationToken ct)
    {
        var address = context.Arguments.GetRequiredValue(Address);
        if (context.RecipientSource is not FilterSourceKind.Postgres and var source)
        {
            return await RefuseAsync(source);
        }

        if (isAddition && address.StartsWith(Postmaster, StringComparison.Ordinal))
        {
            return await CommandContext.RefuseAsync("Mail for postmaster is always received (RFC 5321 4.5.1).");
        }

        var tables = new RecipientTables(context.Database);
        var isDone = isAddition ? await tables.BlockAsync(address, ct) : await tables.UnblockAsync(address, ct);
        var outcome = (isAddition, isDone) switch
        {
            (true, true) => "is blocked",
            (true, false) => "is blocked already",
            (false, true) => "is not blocked any more",
            (false, false) => "is not blocked",
        };
        await context.WriteAsync(new { Address = address, Outcome = outcome }, $"{address} {outcome}");
        return isDone ? ExitCode.Done : ExitCode.Refused;
    }

    private static Task<int> RefuseAsync(FilterSourceKind source) => CommandContext.RefuseAsync(
        $"Blocked addresses come from {source} (Filters:Domains:Source), not from the own database: change them "
            + "there.");
}
