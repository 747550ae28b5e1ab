using System.Collections;

namespace MimeKit;

public class ParameterList : IEnumerable<Parameter>
{
    internal static readonly ParameterList Empty = new([]);

    private readonly List<Parameter> _parameters;

    internal ParameterList(List<Parameter> parameters) => _parameters = parameters;

    public int Count => _parameters.Count;

    public string? this[string name] => TryGetValue(name, out string? value) ? value : null;

    public bool TryGetValue(string name, out string? value)
    {
        foreach (var parameter in _parameters)
        {
            if (parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                value = parameter.Value;
                return true;
            }
        }

        value = null;
        return false;
    }

    public IEnumerator<Parameter> GetEnumerator() => _parameters.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
