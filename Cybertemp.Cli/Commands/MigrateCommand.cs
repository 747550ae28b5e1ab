using System.CommandLine;
using System.Globalization;
using Cybertemp.Mail.Schema;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cybertemp.Cli.Commands;

/// <summary><c>migrate</c>.</summary>
internal static class MigrateCommand
{
    public static Command Create() => new Command("migrate", "Brings the schema up to date").Runs(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken ct)
    {
        await new SchemaMigrator(context.Database, NullLogger<SchemaMigrator>.Instance).MigrateAsync(ct);
        await context.WriteAsync(
            new { Version = SchemaMigrator.KnownVersion },
            string.Create(CultureInfo.InvariantCulture, $"the schema has version {SchemaMigrator.KnownVersion}"));
        return ExitCode.Done;
    }
}
