using Aspire.Hosting.Dashboard.Telemetry;

namespace Aspire.Hosting.Dashboard;

/// <summary>Passes console lines on; keeps the first ones until somebody listens. Thread-safe.</summary>
internal sealed class ConsoleFeed(TimeProvider time)
{
    private readonly Queue<ConsoleLine> _early = new();
    private readonly int _capacity = new TelemetryLimits().ConsoleLines;
    private readonly Lock _gate = new();
    private Action<ConsoleLine>? _listener;

    public void Write(string resource, string text, bool isError)
    {
        var line = new ConsoleLine(resource, time.GetUtcNow(), text, isError);
        lock (_gate)
        {
            if (_listener is { } listener)
            {
                listener(line);
                return;
            }

            _early.Enqueue(line);
            if (_early.Count > _capacity)
            {
                _early.Dequeue();
            }
        }
    }

    /// <summary>One listener at a time; it gets what was written before it came.</summary>
    public IDisposable Listen(Action<ConsoleLine> listener)
    {
        lock (_gate)
        {
            while (_early.TryDequeue(out var line))
            {
                listener(line);
            }

            _listener = listener;
        }

        return new Subscription(() =>
        {
            lock (_gate)
            {
                _listener = null;
            }
        });
    }
}
