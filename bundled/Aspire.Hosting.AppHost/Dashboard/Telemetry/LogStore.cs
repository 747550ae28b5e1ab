namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>The newest log records, bounded in number and bytes. Thread-safe.</summary>
internal sealed class LogStore(TelemetryLimits limits)
{
    // What a record costs beside its text: the object, its header and its place in the queue.
    private const int EntryOverheadBytes = 160;

    private readonly Queue<LogEntry> _entries = new();
    private readonly Lock _gate = new();
    private long _lastId;
    private long _bytes;

    /// <summary>The id of the newest record; grows with each.</summary>
    public long LastId => Interlocked.Read(ref _lastId);

    public void Add(IReadOnlyList<LogEntry> entries)
    {
        lock (_gate)
        {
            foreach (var entry in entries)
            {
                _entries.Enqueue(entry with { Id = ++_lastId });
                _bytes += SizeOf(entry);
            }

            while (_entries.Count > limits.Logs || _bytes > limits.LogBytes)
            {
                _bytes -= SizeOf(_entries.Dequeue());
            }
        }
    }

    /// <summary>All kept records, oldest first.</summary>
    public LogEntry[] ToArray()
    {
        lock (_gate)
        {
            return [.. _entries];
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _entries.Clear();
            _bytes = 0;
            _lastId++;
        }
    }

    private static long SizeOf(LogEntry entry) => entry.Encoded.Length + (2L * entry.Message.Length) + EntryOverheadBytes;
}
