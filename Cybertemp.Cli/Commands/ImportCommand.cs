using System.CommandLine;
using System.Globalization;
using Cybertemp.Cli.Importing;
using Cybertemp.Mail.Inboxes;
using Cybertemp.Mail.Schema;
using Cybertemp.ServiceDefaults.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Cybertemp.Cli.Commands;

/// <summary><c>import CONNECTION</c>.</summary>
internal static class ImportCommand
{
    private static readonly Argument<NpgsqlDataSource> From = new("CONNECTION")
    {
        Description = "The earlier server's PostgreSQL, as an Npgsql connection string or a postgresql:// URL",
        CustomParser = static result =>
        {
            try
            {
                var given = result.Tokens[0].Value;
                return NpgsqlDataSource.Create(
                    given.Contains("://", StringComparison.Ordinal) ? DatabaseUrl.ToConnectionString(given) : given);
            }
            catch (Exception ex) when (ex is ArgumentException or FormatException or ConfigurationException)
            {
                result.AddError("CONNECTION is no connection string.");
                return null;
            }
        },
    };

    public static Command Create() =>
        new Command("import", "Copies the earlier server's mail, domains, bans and private addresses; can be run again")
        {
            From,
        }
            .Runs(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var source = context.Arguments.GetValue(From)!;
        var (rules, mail) = (new RuleImport(source, context.Database), Mail(context, source));

        // Private addresses before mail: they decide where it goes.
        (string Table, Func<SourceTable, Task<ImportCount?>> Run)[] steps =
        [
            ("domains", table => rules.ImportDomainsAsync(table, ct)),
            ("bans", table => rules.ImportBansAsync(table, ct)),
            ("private_email", table => rules.ImportPrivateAsync(table, ct)),
            ("private_emails", table => mail.RunAsync(table, isPrivate: true, ct)),
            ("emails", table => mail.RunAsync(table, isPrivate: false, ct)),
        ];
        var results = new List<Result>();
        foreach (var (name, run) in steps)
        {
            if (await SourceTable.FindAsync(source, name, ct) is { } table)
            {
                results.Add(new(table, await run(table)));
            }
        }

        await context.WriteAsync(results.Select(static r => r.Json), results.SelectMany(static r => r.Lines));
        return results.Exists(static r => r.Count is not null) ? ExitCode.Done : ExitCode.Refused;
    }

    private static MailImport Mail(CommandContext context, NpgsqlDataSource source)
    {
        var retention = context.Configuration.GetValue(Retention.AgeKey, Retention.DefaultAge);
        return new(
            source,
            context.Database,
            new EmailPartitions(context.Database, NullLogger<EmailPartitions>.Instance),
            new ReservedLocalParts(
                context.Configuration.GetValue(ReservedLocalParts.Key, ReservedLocalParts.Default)!),
            retention > TimeSpan.Zero
                ? TimeProvider.System.GetUtcNow().UtcDateTime.Date - retention
                : DateTime.UnixEpoch);
    }

    private sealed record Result(SourceTable Table, ImportCount? Count)
    {
        public object Json => new { Table = Table.Name, Count, From = Table.Used, Table.Unused };

        public IEnumerable<string> Lines
        {
            get
            {
                yield return Count is { } c
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Table.Name}: {c.Copied} of {c.Read} copied, {c.Expired} older than Storage:Retention, "
                            + $"{c.Unusable} unusable")
                    : $"{Table.Name}: left out, no column is what is needed";
                var used = string.Join(", ", Table.Used.Select(u => $"{u.Value} ({u.Key})"));
                yield return $"{Table.Name}: taken from {used}";
                if (Table.Unused.Any())
                {
                    yield return $"{Table.Name}: no place for {string.Join(", ", Table.Unused)}";
                }
            }
        }
    }
}
