using System.CommandLine;
using Cybertemp.Cli.Doctor;

namespace Cybertemp.Cli.Commands;

/// <summary><c>doctor</c>: what is wrong with an installation, and what to do. Asks no name server by itself.</summary>
internal static class DoctorCommand
{
    public static Command Create() =>
        new Command("doctor", "Looks at PostgreSQL, Redis, the filters and the receiver, and says what to do")
        {
            SmtpServerOption.Value,
        }
            .Runs(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken ct)
    {
        Finding[] findings =
        [
            .. await CheckAsync("PostgreSQL", DatabaseCheck.RunAsync, context, ct),
            .. await CheckAsync("Redis", MirrorCheck.RunAsync, context, ct),
            .. await CheckAsync("receiver", ReceiverCheck.RunAsync, context, ct),
        ];
        await context.WriteAsync(
            findings.Select(static f => new { Level = $"{f.Level}".ToLowerInvariant(), f.Subject, f.Text, f.Advice }),
            findings.Select(static f => f.ToText()));
        return findings.Any(static f => f.Level is FindingLevel.Problem) ? ExitCode.Refused : ExitCode.Done;
    }

    /// <summary>A check that cannot be made is a finding, and the others are made all the same.</summary>
    private static async Task<IReadOnlyList<Finding>> CheckAsync(
        string subject, Func<CommandContext, CancellationToken, Task<IReadOnlyList<Finding>>> check,
        CommandContext context, CancellationToken ct)
    {
        try
        {
            return await check(context, ct);
        }
        catch (Exception ex)
            when (!ct.IsCancellationRequested && CommandFailure.Describe(ex, context.Configuration) is { } failure)
        {
            var advice = failure.ExitCode == ExitCode.Unavailable
                ? "start it, or correct where the connection string looks for it"
                : "correct the connection string";
            return [.. failure.Lines.Select(line => Finding.Problem(subject, line, advice))];
        }
    }
}
