namespace Aspire.Hosting.Dashboard;

/// <summary>What the dashboard shows and commands: the running application. Thread-safe.</summary>
internal interface IDashboardSource
{
    /// <summary>All visible resources in the order of the model.</summary>
    IReadOnlyList<DashboardResource> GetResources();

    /// <summary>Calls back after each change of <see cref="GetResources"/>, on any thread, until disposed.</summary>
    IDisposable SubscribeResources(Action changed);

    /// <summary>Calls back for the lines written so far, then for each new one until disposed.</summary>
    IDisposable SubscribeConsole(Action<ConsoleLine> write);

    /// <summary>Starts, stops or restarts an instance.</summary>
    /// <returns>Null when it was done, else why not.</returns>
    Task<string?> ExecuteCommandAsync(string resource, string command, CancellationToken ct);
}
