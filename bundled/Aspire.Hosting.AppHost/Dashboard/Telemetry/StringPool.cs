namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>Shares the few names that telemetry repeats; bounded, since names come from outside. Thread-safe.</summary>
internal sealed class StringPool(int capacity)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    public string Share(string name)
    {
        lock (_gate)
        {
            if (_names.TryGetValue(name, out var shared))
            {
                return shared;
            }

            if (_names.Count < capacity)
            {
                _names.Add(name);
            }

            return name;
        }
    }
}
