using Cybertemp.Benchmarks.Compare.Rounds;

namespace Cybertemp.Benchmarks.Compare;

/// <summary>How long the comparison takes, and what it leaves behind.</summary>
/// <param name="Turns">Of each contender in each mode.</param>
/// <param name="Sessions">At once.</param>
/// <param name="Bytes">Of a mail, about.</param>
/// <param name="Only">Keys of contenders; empty for all.</param>
/// <param name="Other">Where another build of the receiver is, to see what a change does; empty for none.</param>
/// <param name="Writes">The page and the picture are written, not only the console.</param>
internal sealed record CompareOptions(
    Turns Turns, int Sessions, int Bytes, IReadOnlyList<string> Only, string Other, bool Writes)
{
    private static readonly string[] Known =
        ["--rounds", "--seconds", "--warmup", "--sessions", "--bytes", "--only", "--other"];

    /// <summary>From the command line.</summary>
    /// <exception cref="ArgumentException">There is something that is no option.</exception>
    public static CompareOptions Parse(string[] arguments)
    {
        var line = new CommandLine(arguments, Known, ["--quick", "--dry"]);
        var isQuick = line.Has("--quick");
        var other = line.Text("--other");
        var only = line.Text("--only").Split(',', StringSplitOptions.RemoveEmptyEntries);
        return new CompareOptions(
            new Turns(
                line.Number("--rounds", isQuick ? 2 : 5), line.Seconds("--seconds", isQuick ? 1 : 3),
                line.Seconds("--warmup", isQuick ? 2 : 12))
            {
                Settles = !isQuick,
            },
            line.Number("--sessions", 50),
            line.Number("--bytes", 4096),
            only,
            other,
            Writes: !isQuick && (only, other) is ([], "") && !line.Has("--dry"));
    }
}
