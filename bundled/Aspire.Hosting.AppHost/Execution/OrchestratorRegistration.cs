using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Execution;

internal static class OrchestratorRegistration
{
    /// <summary>Above the longest drain of a service and the stop of what it depends on.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(90);

    public static IServiceCollection AddOrchestrator(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddHealthChecks();
        services.AddSingleton(_ => new ResourceNotificationService());
        services.AddSingleton<ResourceStates>();
        services.AddSingleton<ConsoleFeed>();
        services.AddSingleton<ResourceConsole>();
        services.AddSingleton<StartSummary>();
        services.AddSingleton<HealthMonitor>();
        services.AddSingleton<Orchestrator>();
        services.AddHostedService(provider => provider.GetRequiredService<Orchestrator>());
        services.Configure<HostOptions>(o => o.ShutdownTimeout = ShutdownTimeout);
        services.Configure<ConsoleLifetimeOptions>(o => o.SuppressStatusMessages = true);

        // A check that fails while its resource starts is no news; states and reports tell the rest.
        services.AddLogging(logging => logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None));
        return services;
    }
}
