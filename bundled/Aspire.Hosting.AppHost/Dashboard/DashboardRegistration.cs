using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

internal static class DashboardRegistration
{
    /// <summary>Adds the dashboard; before the orchestrator, since hosted services start in this order and stop in the other.</summary>
    public static IServiceCollection AddDashboard(
        this IServiceCollection services, IConfiguration configuration, string applicationName, UserSecrets? secrets)
    {
        services.AddSingleton(_ => DashboardOptions.FromConfiguration(configuration, applicationName, secrets));
        services.AddSingleton<RunningApplication>();
        services.AddSingleton<DashboardService>();
        services.AddHostedService(static provider => provider.GetRequiredService<DashboardService>());
        services.AddSingleton<ILoggerProvider, ConsoleFeedLoggerProvider>();
        return services;
    }
}
