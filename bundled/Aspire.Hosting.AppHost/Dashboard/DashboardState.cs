using Aspire.Hosting.Dashboard.Telemetry;

namespace Aspire.Hosting.Dashboard;

/// <summary>Everything the pages read: the stores and the source, with their versions. Thread-safe.</summary>
internal sealed class DashboardState : IDisposable
{
    private const int PooledNames = 8_192;

    private readonly Dictionary<(string Service, string Instance), TelemetryResource> _senders = [];
    private readonly Lock _gate = new();
    private readonly IDisposable _resourceSubscription;
    private readonly IDisposable _consoleSubscription;
    private readonly TelemetryLimits _limits;
    private long _resourcesVersion = 1;

    public DashboardState(DashboardOptions options, TelemetryLimits limits, IDashboardSource source, TimeProvider time)
    {
        (Options, Source, Time, _limits) = (options, source, time, limits);
        (Console, Logs, Traces, Meters) = (new(limits), new(limits), new(limits), new(limits));
        StartedAt = time.GetUtcNow();
        _resourceSubscription = source.SubscribeResources(() => Interlocked.Increment(ref _resourcesVersion));
        _consoleSubscription = source.SubscribeConsole(Console.Add);
    }

    public DashboardOptions Options { get; }

    public IDashboardSource Source { get; }

    public TimeProvider Time { get; }

    public DateTimeOffset StartedAt { get; }

    public ConsoleStore Console { get; }

    public LogStore Logs { get; }

    public TraceStore Traces { get; }

    public MeterStore Meters { get; }

    public StringPool Names { get; } = new(PooledNames);

    /// <summary>Grows with each change of the resources.</summary>
    public long ResourcesVersion => Interlocked.Read(ref _resourcesVersion);

    /// <summary>Who has sent telemetry.</summary>
    public IReadOnlyList<TelemetryResource> Senders
    {
        get
        {
            lock (_gate)
            {
                return [.. _senders.Values];
            }
        }
    }

    /// <summary>The one instance that stands for a sender; null when there are too many senders.</summary>
    public TelemetryResource? Register(TelemetryResource sender)
    {
        lock (_gate)
        {
            var key = (sender.Service, sender.Instance);
            if (!_senders.TryGetValue(key, out var known) && _senders.Count < _limits.Resources)
            {
                _senders.Add(key, known = sender);
            }

            return known;
        }
    }

    public void Dispose()
    {
        _consoleSubscription.Dispose();
        _resourceSubscription.Dispose();
    }
}
