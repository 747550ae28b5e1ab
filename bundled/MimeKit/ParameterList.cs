using System.Collections;

namespace MimeKit;

public class ParameterList : IEnumerable<Parameter>
{
    internal static readonly ParameterList Empty = new();

    private readonly OrderedDictionary<string, Parameter> _parameters = new(StringComparer.OrdinalIgnoreCase);

    internal ParameterList() { }

    public string? this[string name] => _parameters.GetValueOrDefault(name)?.Value;

    public IEnumerator<Parameter> GetEnumerator() => _parameters.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal Parameter GetOrAdd(string name)
    {
        if (!_parameters.TryGetValue(name, out var parameter))
        {
            _parameters.Add(name, parameter = new Parameter(name));
        }

        return parameter;
    }
}
