using System.Collections;

namespace MimeKit;

public class ParameterList : IEnumerable<Parameter>
{
    internal static readonly ParameterList Empty = new();

    private const int MaxSearchedOneByOne = 8;

    private readonly List<Parameter> _parameters = new(capacity: 1);
    private Dictionary<string, Parameter>? _byName;

    internal ParameterList()
    {
    }

    public int Count => _parameters.Count;

    public string? this[string name] => Find(name)?.Value;

    public bool TryGetValue(string name, out string? value)
    {
        var found = Find(name);
        value = found?.Value;
        return found is not null;
    }

    public IEnumerator<Parameter> GetEnumerator() => _parameters.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The name is not there yet.</summary>
    internal void Add(Parameter parameter)
    {
        _parameters.Add(parameter);
        _byName?.Add(parameter.Name, parameter);
        if (_byName is null && _parameters.Count > MaxSearchedOneByOne)
        {
            _byName = _parameters.ToDictionary(added => added.Name, StringComparer.OrdinalIgnoreCase);
        }
    }

    internal Parameter? Find(string name)
    {
        if (_byName is not null)
        {
            return _byName.GetValueOrDefault(name);
        }

        foreach (var parameter in _parameters)
        {
            if (parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return parameter;
            }
        }

        return null;
    }
}
