namespace Aspire.Hosting.Execution;

/// <summary>The last console lines of one instance; each new one also goes to the sink. Thread-safe.</summary>
internal sealed class ResourceLog(Action<string, bool> sink)
{
    private const int Capacity = 1000;

    private readonly Queue<(string Line, bool IsError)> _lines = new();

    public void Write(string line, bool isError = false)
    {
        lock (_lines)
        {
            if (_lines.Count == Capacity)
            {
                _lines.Dequeue();
            }

            _lines.Enqueue((line, isError));
        }

        sink(line, isError);
    }

    /// <summary>What a process said last, for the reason of its failure.</summary>
    public string? LastError()
    {
        lock (_lines)
        {
            return _lines.LastOrDefault(l => l.IsError && !string.IsNullOrWhiteSpace(l.Line)).Line;
        }
    }
}
