using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>
/// Lets a test run an AppHost's own entry point up to a point of its choosing. It is seen only by code that the entry point
/// calls, so that several AppHosts in one process do not meet.
/// </summary>
internal abstract class EntryPointInterceptor
{
    private static readonly AsyncLocal<EntryPointInterceptor?> Ambient = new();

    public static EntryPointInterceptor? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    public abstract void OnBuilderCreating(DistributedApplicationOptions options, HostApplicationBuilderSettings settings);

    /// <summary>Returns when the test wants the application; throws when it does not any more.</summary>
    public abstract void OnBuilding(DistributedApplicationBuilder builder);

    public abstract void OnBuilt(DistributedApplication application);

    /// <summary>Stands in for running: the test starts and stops the application.</summary>
    public abstract Task WaitForShutdownAsync();
}
