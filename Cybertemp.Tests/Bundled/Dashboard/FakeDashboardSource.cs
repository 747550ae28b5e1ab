using Aspire.Hosting.Dashboard;

namespace Cybertemp.Tests.Bundled.Dashboard;

/// <summary>An application of which the test says what it is and what it writes.</summary>
internal sealed class FakeDashboardSource : IDashboardSource
{
    private readonly Dictionary<string, DashboardResource> _resources = new(StringComparer.Ordinal);
    private readonly List<ConsoleLine> _history = [];
    private readonly List<Action<ConsoleLine>> _writers = [];
    private readonly List<Action> _watchers = [];
    private readonly Lock _gate = new();

    public List<string> Executed { get; } = [];

    public IReadOnlyList<DashboardResource> GetResources()
    {
        lock (_gate)
        {
            return [.. _resources.Values];
        }
    }

    public void Set(DashboardResource resource)
    {
        lock (_gate)
        {
            _resources[resource.Name] = resource;
            _watchers.ForEach(static changed => changed());
        }
    }

    public void Write(string resource, string text, bool isError = false)
    {
        var line = new ConsoleLine(resource, TimeProvider.System.GetUtcNow(), text, isError);
        lock (_gate)
        {
            _history.Add(line);
            _writers.ForEach(write => write(line));
        }
    }

    public IDisposable SubscribeResources(Action changed)
    {
        lock (_gate)
        {
            _watchers.Add(changed);
            return new Unsubscriber(() => _watchers.Remove(changed));
        }
    }

    public IDisposable SubscribeConsole(Action<ConsoleLine> write)
    {
        lock (_gate)
        {
            _history.ForEach(write);
            _writers.Add(write);
            return new Unsubscriber(() => _writers.Remove(write));
        }
    }

    public Task<string?> ExecuteCommandAsync(string resource, string command, CancellationToken ct)
    {
        Executed.Add($"{command} {resource}");
        var known = GetResources().Single(r => r.Name == resource);
        Set(command == "stop"
            ? known with { State = "Exited", Health = null, ExitCode = 0, StoppedAt = TimeProvider.System.GetUtcNow(), Commands = ["start"] }
            : known with { State = "Running", Health = "Healthy", ExitCode = null, StoppedAt = null, StartedAt = TimeProvider.System.GetUtcNow(), Commands = ["stop", "restart"] });
        return Task.FromResult<string?>(null);
    }

    private sealed class Unsubscriber(Action action) : IDisposable
    {
        public void Dispose() => action();
    }
}
