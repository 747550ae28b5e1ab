using Cybertemp.Sync.Rules;
using Cybertemp.Sync.Sources;

namespace Cybertemp.Sync.Commands;

/// <summary><c>bans add|remove|list</c>.</summary>
internal static class BansCommand
{
    /// <summary>Runs the command.</summary>
    /// <returns>The exit code; null when the arguments make no command.</returns>
    public static Task<int?> RunAsync(string[] args, PostgresTables tables, TextWriter output, CancellationToken ct) => args switch
    {
        ["list"] => ListAsync(tables, output, ct),
        ["add" or "remove", var scope, var value] => ChangeAsync(args[0] == "add", scope, value, matchType: null, tables, output, ct),
        ["add" or "remove", var scope, var value, var matchType] => ChangeAsync(args[0] == "add", scope, value, matchType, tables, output, ct),
        _ => Task.FromResult<int?>(null),
    };

    private static async Task<int?> ListAsync(PostgresTables tables, TextWriter output, CancellationToken ct)
    {
        foreach (var row in await tables.ReadBansAsync(ct))
        {
            await output.WriteLineAsync($"{row[1]} {row[3]} {row[2]}{(row[4] == "active" ? "" : $" ({row[4]})")}");
        }

        return OperatorCommand.Success;
    }

    private static async Task<int?> ChangeAsync(
        bool isAddition, string scope, string value, string? matchType, PostgresTables tables, TextWriter output, CancellationToken ct)
    {
        if (!BanRule.TryParse(scope, matchType, value, out var ban))
        {
            await output.WriteLineAsync($"'{scope} {value} {matchType}' is no ban: email or domain, then the value, then exact or contains.");
            return OperatorCommand.UsageError;
        }

        var isDone = isAddition ? await tables.AddBanAsync(ban, ct) : await tables.RemoveBanAsync(ban, ct);
        var outcome = (isAddition, isDone) switch
        {
            (true, true) => "added",
            (true, false) => "is in force already",
            (false, true) => "removed",
            (false, false) => "is not there",
        };
        await output.WriteLineAsync($"{ban.Scope} {ban.Rule} {ban.MatchType} {outcome}");
        return isDone ? OperatorCommand.Success : OperatorCommand.Negative;
    }
}
