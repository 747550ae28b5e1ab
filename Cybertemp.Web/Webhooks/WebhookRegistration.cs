using Cybertemp.Web.Webhooks.Delivery;
using Microsoft.Extensions.Options;

namespace Cybertemp.Web.Webhooks;

internal static class WebhookRegistration
{
    /// <summary>Tells webhooks of mail: needs the reading of messages and the signal of new ones.</summary>
    public static void AddWebhooks(this IServiceCollection services)
    {
        services.AddOptions<WebhookOptions>().BindConfiguration(WebhookOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidator>();
        services.AddSingleton<WebhookTargets>();
        services.AddSingleton<WebhookMetrics>();
        services.AddSingleton<WebhookConnector>();
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<WebhookStore>();
        services.AddSingleton<WebhookRun>();
        services.AddSingleton<WebhookUpkeep>();
        services.AddHostedService(static s => s.GetRequiredService<WebhookUpkeep>());
        services.AddHostedService<WebhookDispatcher>();
        services.AddHealthChecks().AddCheck<WebhookHealthCheck>("webhooks");
    }
}
