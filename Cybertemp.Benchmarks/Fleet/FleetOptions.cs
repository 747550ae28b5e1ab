using System.Globalization;

namespace Cybertemp.Benchmarks.Fleet;

/// <summary>How long the fleet is measured, from arguments such as <c>rounds=3</c>.</summary>
/// <param name="Rounds">Of each fleet.</param>
/// <param name="Round">How long one is.</param>
/// <param name="WarmUp">Messages to all receivers before the first round, until their code is compiled.</param>
/// <param name="Sessions">Of the whole fleet at once.</param>
/// <param name="Bytes">Of a mail, about.</param>
/// <param name="Writes">The page and the picture are written, not only the console.</param>
internal sealed record FleetOptions(
    int Rounds, TimeSpan Round, int WarmUp, int Sessions, int Bytes, bool Writes)
{
    public static FleetOptions Parse(string[] arguments)
    {
        var values = arguments.Select(static a => a.Split('=', 2))
            .ToDictionary(static p => p[0], static p => p[^1], StringComparer.Ordinal);
        int Number(string key, int fallback) =>
            values.TryGetValue(key, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : fallback;
        return new FleetOptions(
            Number("rounds", 3), TimeSpan.FromSeconds(Number("seconds", 3)), Number("warmup", 60_000),
            Number("sessions", 48), Number("bytes", 4096), !values.ContainsKey("dry"));
    }
}
