using Microsoft.Extensions.Options;

namespace Cybertemp.SmtpReceiver.Heartbeat;

internal static class HeartbeatRegistration
{
    public static IServiceCollection AddHeartbeat(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<HeartbeatOptions>, HeartbeatOptionsValidator>();
        services.AddOptions<HeartbeatOptions>().BindConfiguration(HeartbeatOptions.Section).ValidateOnStart();
        services.AddSingleton<HeartbeatMetrics>();
        return services.AddHostedService<HeartbeatSender>();
    }
}
