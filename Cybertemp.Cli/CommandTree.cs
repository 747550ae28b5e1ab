using System.CommandLine;
using System.CommandLine.Invocation;
using Cybertemp.Cli.Commands;

namespace Cybertemp.Cli;

/// <summary>All commands, with what they have in common.</summary>
internal static class CommandTree
{
    private const string Description = """
        Operators' commands of the Cybertemp mail receiver.

          The configuration is the services' own: the environment, and an .env file in the working directory
          (DATABASE_URL, ConnectionStrings__cybertemp, ConnectionStrings__redis). Without one, the local stack that
          runs here is meant.

          Exit codes: 0 done; 1 nothing to do, or refused; 64 arguments that make no command; 69 PostgreSQL, Redis or
          the receiver does not answer; 78 the configuration cannot be used. Errors are lines of the standard error.
        """;

    public static RootCommand Create() => new(Description)
    {
        CommonOptions.Database,
        CommonOptions.Redis,
        CommonOptions.Json,
        DomainsCommand.Create(),
        BansCommand.Create(),
        BlockedCommand.Create(),
        PrefixesCommand.Create(),
        ExplainCommand.Create(),
        PrivateCommand.Create(),
        InboxCommand.Create(),
        WebhooksCommand.Create(),
        RetentionCommand.Create(),
        MigrateCommand.Create(),
        ImportCommand.Create(),
        SendCommand.Create(),
        DoctorCommand.Create(),
        CompletionCommand.Create(),
    };

    /// <summary>Runs the command that the arguments name.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var arguments = Create().Parse(args);
        if (arguments.Action is not ParseErrorAction)
        {
            return await arguments.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }

        var reasons = arguments.Errors.Select(static error => string.Join(
            ' ', error.Message.Split((char[])['\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries)));
        await Console.Error.WriteLineAsync($"{string.Join(' ', reasons)} --help shows commands and arguments.");
        return ExitCode.Usage;
    }
}
