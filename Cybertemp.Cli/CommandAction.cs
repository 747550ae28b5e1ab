using System.CommandLine;
using Microsoft.Extensions.Configuration;

namespace Cybertemp.Cli;

/// <summary>
/// The frame of every command: configuration, connections, and the one place where a failure becomes an exit code.
/// </summary>
internal static class CommandAction
{
    /// <summary>What the command does; the result is its exit code.</summary>
    public static Command Runs(this Command command, Func<CommandContext, CancellationToken, Task<int>> run)
    {
        command.SetAction((arguments, ct) => RunAsync(arguments, run, ct));
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult arguments, Func<CommandContext, CancellationToken, Task<int>> run, CancellationToken ct)
    {
        IConfiguration configuration = new ConfigurationManager();
        try
        {
            configuration = CommandConfiguration.Read(arguments);
            await using var context = new CommandContext(arguments, configuration);
            return await run(context, ct);
        }
        catch (Exception ex) when (CommandFailure.Describe(ex, configuration) is { } failure)
        {
            foreach (var line in failure.Lines)
            {
                await Console.Error.WriteLineAsync(line);
            }

            return failure.ExitCode;
        }
    }
}
