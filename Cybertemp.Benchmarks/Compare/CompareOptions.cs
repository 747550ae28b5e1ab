using System.Globalization;

namespace Cybertemp.Benchmarks.Compare;

/// <summary>How long the comparison takes, and what it leaves behind.</summary>
/// <param name="Rounds">Of each contender in each mode.</param>
/// <param name="Round">How long one is.</param>
/// <param name="WarmUp">How long the round before the first is, which does not count.</param>
/// <param name="Sessions">At once.</param>
/// <param name="Bytes">Of a mail, about.</param>
/// <param name="Only">Keys of contenders; empty for all.</param>
/// <param name="Other">Where another build of the receiver is, to see what a change does; empty for none.</param>
/// <param name="Writes">The page and the picture are written, not only the console.</param>
internal sealed record CompareOptions(
    int Rounds,
    TimeSpan Round,
    TimeSpan WarmUp,
    int Sessions,
    int Bytes,
    IReadOnlyList<string> Only,
    string Other,
    bool Writes)
{
    private static readonly string[] Known =
        ["--rounds", "--seconds", "--warmup", "--sessions", "--bytes", "--only", "--other"];

    /// <summary>From the command line.</summary>
    /// <exception cref="ArgumentException">There is something that is no option.</exception>
    public static CompareOptions Parse(string[] arguments)
    {
        var isQuick = arguments.Contains("--quick", StringComparer.Ordinal);
        var values = Values([.. arguments.Where(static a => a is not ("--quick" or "--dry"))]);
        int Number(string key, int fallback) => values.TryGetValue(key, out var text)
            ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
            : fallback;
        var other = values.GetValueOrDefault("--other", "");
        var only = values.GetValueOrDefault("--only", "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        return new CompareOptions(
            Number("--rounds", isQuick ? 2 : 5),
            TimeSpan.FromSeconds(Number("--seconds", isQuick ? 1 : 3)),
            TimeSpan.FromSeconds(Number("--warmup", isQuick ? 2 : 8)),
            Number("--sessions", 50),
            Number("--bytes", 4096),
            only,
            other,
            Writes: !isQuick && (only, other) is ([], "") && !arguments.Contains("--dry", StringComparer.Ordinal));
    }

    private static Dictionary<string, string> Values(string[] arguments)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in arguments.Chunk(2))
        {
            if (pair is not [var key, var value] || !Known.Contains(key, StringComparer.Ordinal))
            {
                throw new ArgumentException(
                    $"'{pair[0]}': allowed are {string.Join(", ", Known)}, each with a value, --quick and --dry.",
                    nameof(arguments));
            }

            values[key] = value;
        }

        return values;
    }
}
