using System.Globalization;

namespace Cybertemp.Benchmarks;

/// <summary>The options of a command, such as <c>--rounds 5 --dry</c>.</summary>
internal sealed class CommandLine
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _flags = new(StringComparer.Ordinal);

    /// <summary>Reads the arguments.</summary>
    /// <param name="options">Those that have a value.</param>
    /// <param name="flags">Those that have none.</param>
    /// <exception cref="ArgumentException">There is something that is neither.</exception>
    public CommandLine(string[] arguments, string[] options, string[] flags)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (flags.Contains(arguments[i], StringComparer.Ordinal))
            {
                _flags.Add(arguments[i]);
            }
            else if (options.Contains(arguments[i], StringComparer.Ordinal) && i + 1 < arguments.Length)
            {
                _values[arguments[i]] = arguments[++i];
            }
            else
            {
                throw new ArgumentException(
                    $"'{arguments[i]}': allowed are {string.Join(", ", options)}, each with a value, "
                        + $"{string.Join(", ", flags)}.",
                    nameof(arguments));
            }
        }
    }

    public bool Has(string flag) => _flags.Contains(flag);

    public string Text(string option) => _values.GetValueOrDefault(option, "");

    public int Number(string option, int otherwise) => _values.TryGetValue(option, out var text)
        ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
        : otherwise;

    public TimeSpan Seconds(string option, int otherwise) => TimeSpan.FromSeconds(Number(option, otherwise));
}
