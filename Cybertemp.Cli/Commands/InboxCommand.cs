using System.CommandLine;
using System.Globalization;
using Cybertemp.Mail.Inboxes;

namespace Cybertemp.Cli.Commands;

/// <summary><c>inbox export|purge|hold|release|end</c>.</summary>
internal static class InboxCommand
{
    private static readonly Argument<string> Address = InboxArgument.Create();

    public static Command Create() => new("inbox", "All mail of one inbox, private mail included")
    {
        new Command("export", "Writes it as mbox to the standard output") { Address }.Runs(ExportAsync),
        new Command("purge", "Deletes it, unless it is on hold") { Address }.Runs(PurgeAsync),
        new Command("hold", "Keeps it beyond the retention") { Address }.Runs(HoldAsync),
        new Command("release", "Ends a hold; what was kept stays until it is purged") { Address }.Runs(ReleaseAsync),
        new Command("end", "Ends one that was asked for with an end or a claim; retention deletes its mail") { Address }
            .Runs(EndAsync),
    };

    private static async Task<int> ExportAsync(CommandContext context, CancellationToken ct)
    {
        await using var output = Console.OpenStandardOutput();
        var mbox = new MboxWriter(output);
        await foreach (var message in new InboxMail(context.Database).ReadAsync(
            context.Arguments.GetRequiredValue(Address), ct))
        {
            await mbox.WriteAsync(message, ct);
        }

        return ExitCode.Done;
    }

    private static async Task<int> PurgeAsync(CommandContext context, CancellationToken ct)
    {
        var (mail, address) = (new InboxMail(context.Database), context.Arguments.GetRequiredValue(Address));
        if (await mail.IsOnHoldAsync(address, ct))
        {
            return await CommandContext.RefuseAsync($"{address} is on hold: release it first");
        }

        var deleted = await mail.PurgeAsync(address, ct);
        await context.WriteAsync(
            new { Address = address, DeletedMessages = deleted },
            string.Create(CultureInfo.InvariantCulture, $"{deleted} messages deleted"));
        return deleted > 0 ? ExitCode.Done : ExitCode.Refused;
    }

    private static async Task<int> HoldAsync(CommandContext context, CancellationToken ct)
    {
        var address = context.Arguments.GetRequiredValue(Address);
        await new InboxMail(context.Database).HoldAsync(address, ct);
        await context.WriteAsync(new { Address = address, IsOnHold = true }, $"{address} is on hold");
        return ExitCode.Done;
    }

    private static async Task<int> ReleaseAsync(CommandContext context, CancellationToken ct)
    {
        var address = context.Arguments.GetRequiredValue(Address);
        var wasOnHold = await new InboxMail(context.Database).ReleaseAsync(address, ct);
        await context.WriteAsync(
            new { Address = address, WasOnHold = wasOnHold },
            wasOnHold ? $"{address} is released" : $"{address} was not on hold");
        return wasOnHold ? ExitCode.Done : ExitCode.Refused;
    }

    private static async Task<int> EndAsync(CommandContext context, CancellationToken ct)
    {
        var address = context.Arguments.GetRequiredValue(Address);
        var isEnded = await new InboxLeases(context.Database).EndAsync(address, ct);
        await context.WriteAsync(
            new { Address = address, IsEnded = isEnded },
            isEnded ? $"{address} has ended" : $"{address} has no end and no claim, or has ended already");
        return isEnded ? ExitCode.Done : ExitCode.Refused;
    }
}
