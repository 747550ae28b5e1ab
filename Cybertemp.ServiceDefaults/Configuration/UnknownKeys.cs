using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Cybertemp.ServiceDefaults.Configuration;

/// <summary>
/// Refuses what is set in a program's own sections and none of its options reads: a misspelt key must not be a silent
/// default.
/// </summary>
public static class UnknownKeys
{
    // A section that two services have, when one .env file serves both.
    private static readonly string[] OfOthers =
        ["Filters:MinReloadInterval", "Filters:ReadTimeout", "Filters:SeedDomains"];

    /// <summary>.NET's own section, where one key is ours.</summary>
    private const string Logging = "Logging";

    /// <summary>
    /// Looks at the sections of all options classes of <paramref name="program"/>; sections of others are not its
    /// business.
    /// </summary>
    /// <exception cref="ConfigurationException">A key is not known; the message names it and the nearest that
    /// is.</exception>
    public static void Refuse(IConfiguration configuration, Assembly program)
    {
        string[] known = [.. Keys(program), .. OfOthers];
        foreach (var section in Keys(program).Select(static k => k[..k.IndexOf(':', StringComparison.Ordinal)])
            .Where(static s => s != Logging).Distinct(StringComparer.Ordinal))
        {
            foreach (var (key, value) in configuration.GetSection(section).AsEnumerable())
            {
                if (value is not null && key.Length > section.Length && !Array.Exists(known, k => Covers(k, key)))
                {
                    throw new ConfigurationException(
                        $"{key} is not known: the nearest key is {known.MinBy(k => Distance(k, key))}.");
                }
            }
        }
    }

    /// <summary>
    /// Every option of a program as its configuration key, from the classes that have a <c>Section</c>.
    /// </summary>
    public static IReadOnlyList<string> Keys(Assembly program) =>
    [
        .. program.GetTypes()
            .Select(static t => (Type: t, Section: t.GetField("Section") is { IsLiteral: true } field
                ? (string?)field.GetRawConstantValue()
                : null))
            .Where(static t => t.Section is not null)
            .SelectMany(static t => Keys(t.Type, t.Section!)),
    ];

    private static IEnumerable<string> Keys(Type options, string prefix) => options.GetProperties()
        .Where(static p => p.SetMethod is not null)
        .SelectMany(
            p => IsNested(p.PropertyType) ? Keys(p.PropertyType, $"{prefix}:{p.Name}") : [$"{prefix}:{p.Name}"]);

    private static bool IsNested(Type type) =>
        type.IsClass && type.Namespace!.StartsWith("Cybertemp.", StringComparison.Ordinal);

    /// <summary>The same key, or an item of the list that it names.</summary>
    private static bool Covers(string known, string key) =>
        key.StartsWith(known, StringComparison.OrdinalIgnoreCase)
            && (key.Length == known.Length || key[known.Length] == ':');

    /// <summary>Levenshtein's, whatever the case.</summary>
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var isSame = char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]);
                var cost = Math.Min(diagonal + (isSame ? 0 : 1), Math.Min(row[j - 1], row[j]) + 1);
                (diagonal, row[j]) = (row[j], cost);
            }
        }

        return row[right.Length];
    }
}
