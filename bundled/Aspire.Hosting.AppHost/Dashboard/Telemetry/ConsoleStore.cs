namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>The newest console lines of each resource, bounded in lines and characters. Thread-safe.</summary>
internal sealed class ConsoleStore(TelemetryLimits limits)
{
    private readonly Dictionary<string, (Queue<StoredLine> Lines, long Chars)> _resources = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _gate = new();
    private long _lastId;

    /// <summary>The id of the newest line; grows with each.</summary>
    public long LastId => Interlocked.Read(ref _lastId);

    public void Add(ConsoleLine line)
    {
        lock (_gate)
        {
            if (!_resources.TryGetValue(line.Resource, out var kept))
            {
                if (_resources.Count >= limits.Resources)
                {
                    return;
                }

                kept = (new(), 0);
            }

            var stored = new StoredLine(++_lastId, Bound(line));
            kept.Lines.Enqueue(stored);
            kept.Chars += stored.Line.Text.Length;
            while (kept.Lines.Count > limits.ConsoleLines || kept.Chars > limits.ConsoleChars)
            {
                kept.Chars -= kept.Lines.Dequeue().Line.Text.Length;
            }

            _resources[line.Resource] = kept;
        }
    }

    /// <summary>Kept lines of one resource, or of all, in the order they were written, after a given id.</summary>
    /// <param name="resource">Null for all.</param>
    public List<StoredLine> Read(string? resource, long after)
    {
        var lines = new List<StoredLine>();
        lock (_gate)
        {
            foreach (var (name, kept) in _resources)
            {
                if (resource is null || string.Equals(name, resource, StringComparison.OrdinalIgnoreCase))
                {
                    lines.AddRange(after == 0 ? kept.Lines : kept.Lines.Where(line => line.Id > after));
                }
            }
        }

        if (resource is null)
        {
            lines.Sort(static (a, b) => a.Id.CompareTo(b.Id));
        }

        return lines;
    }

    public void Clear(string? resource)
    {
        lock (_gate)
        {
            if (resource is null)
            {
                _resources.Clear();
            }
            else
            {
                _resources.Remove(resource);
            }

            _lastId++;
        }
    }

    private ConsoleLine Bound(ConsoleLine line) =>
        line.Text.Length <= limits.ConsoleLineChars ? line : line with { Text = $"{line.Text.AsSpan(0, limits.ConsoleLineChars)}…" };
}
