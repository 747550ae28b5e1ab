using Cybertemp.Benchmarks.Compare.Rounds;

namespace Cybertemp.Benchmarks.Scenarios;

/// <summary>What the scenarios have in common: their options, and where their tables go.</summary>
/// <param name="Name">Of the command, and of its lines in docs/performance.md.</param>
/// <param name="Writes">The page is written, not only the console.</param>
internal sealed record Scenario(string Name, CommandLine Line, Turns Turns, int Sessions, bool Writes)
{
    /// <summary>Reads <c>--rounds</c>, <c>--seconds</c>, <c>--warmup</c>, <c>--sessions</c> and <c>--dry</c>.</summary>
    /// <param name="more">Options of this scenario, each with a value.</param>
    /// <exception cref="ArgumentException">There is something that is no option.</exception>
    public static Scenario Parse(string name, string[] arguments, int sessions, params string[] more)
    {
        var line = new CommandLine(
            arguments, ["--rounds", "--seconds", "--warmup", "--sessions", .. more], ["--dry"]);
        return new Scenario(
            name,
            line,
            new Turns(line.Number("--rounds", 5), line.Seconds("--seconds", 3), line.Seconds("--warmup", 12)),
            line.Number("--sessions", sessions),
            Writes: !line.Has("--dry"));
    }

    public async Task ReportAsync(string text)
    {
        Console.WriteLine();
        Console.WriteLine(text);
        if (Writes)
        {
            await PerformancePage.WriteAsync(Name, text);
        }
    }

    /// <summary>How the rounds were, as the first lines of a table.</summary>
    public string Conditions(string how, IEnumerable<CompareResult> results) => PerformancePage.Conditions(
        $"{Turns.Rounds} rounds of {Turns.Round.TotalSeconds:0} s each in turn, {how}; medians.",
        results.SelectMany(static r => r.Rounds).Select(static r => r.Load));
}
