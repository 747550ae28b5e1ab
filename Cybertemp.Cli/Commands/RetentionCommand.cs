using System.CommandLine;
using Cybertemp.Mail.Schema;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cybertemp.Cli.Commands;

/// <summary><c>retention [--force]</c>.</summary>
internal static class RetentionCommand
{
    private static readonly Option<bool> Force = new("--force")
    {
        Description = "Drops all expired days, not just the oldest two",
    };

    public static Command Create() =>
        new Command("retention", "Makes the days ahead and drops the expired ones (Storage:Retention) now") { Force }
            .Runs(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken ct)
    {
        var retention = new Retention(
            context.Database,
            new EmailPartitions(context.Database, NullLogger<EmailPartitions>.Instance),
            context.Configuration.GetValue(Retention.AgeKey, Retention.DefaultAge),
            static _ => { },
            NullLogger<Retention>.Instance);
        var rows = new RowExpiry(
            context.Database,
            context.Configuration.GetValue(RowExpiry.ReservedAgeKey, RowExpiry.DefaultAge),
            context.Configuration.GetValue(RowExpiry.QuarantineAgeKey, RowExpiry.DefaultAge));
        if (!(await retention.RunAsync(context.Arguments.GetValue(Force), ct) & await rows.RunAsync(ct)))
        {
            return await CommandContext.RefuseAsync("a long reader is in the way: run it again");
        }

        await context.WriteAsync(new { IsDone = true }, "retention is done");
        return ExitCode.Done;
    }
}
