using Cybertemp.Sync.Rules;
using Cybertemp.Sync.Sources;

namespace Cybertemp.Sync.Commands;

/// <summary><c>domains add|remove|list</c>.</summary>
internal static class DomainsCommand
{
    /// <summary>Runs the command.</summary>
    /// <returns>The exit code; null when the arguments make no command.</returns>
    public static async Task<int?> RunAsync(string[] args, PostgresTables tables, TextWriter output, CancellationToken ct)
    {
        switch (args)
        {
            case ["list"]:
                foreach (var row in await tables.ReadDomainsAsync(ct))
                {
                    await output.WriteLineAsync(row[1]);
                }

                return OperatorCommand.Success;
            case ["add" or "remove", var value] when !RuleNormalForm.TryDomain(value, out _):
                await output.WriteLineAsync($"'{value}' is neither a domain nor *. and a domain.");
                return OperatorCommand.UsageError;
            case ["add", var value] when RuleNormalForm.TryDomain(value, out var rule):
                return await ReportAsync(await tables.AddDomainAsync(rule, ct), $"{rule} added", $"{rule} is there already", output);
            case ["remove", var value] when RuleNormalForm.TryDomain(value, out var rule):
                return await ReportAsync(await tables.RemoveDomainAsync(rule, ct), $"{rule} removed", $"{rule} is not there", output);
            default:
                return null;
        }
    }

    private static async Task<int> ReportAsync(bool isDone, string done, string notDone, TextWriter output)
    {
        await output.WriteLineAsync(isDone ? done : notDone);
        return isDone ? OperatorCommand.Success : OperatorCommand.Negative;
    }
}
