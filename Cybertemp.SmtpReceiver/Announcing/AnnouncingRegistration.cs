using Cybertemp.Mail.Filters.Mirror;
using Cybertemp.Mail.Refusals;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Cybertemp.SmtpReceiver.Announcing;

internal static class AnnouncingRegistration
{
    /// <summary>
    /// Tells of new mail and of refused mail where there is a Redis; where there is none, readers look for themselves.
    /// </summary>
    public static IHostApplicationBuilder AddAnnouncing(this IHostApplicationBuilder builder)
    {
        if (builder.Configuration.GetConnectionString(MirrorContract.ConnectionName) is not { Length: > 0 })
        {
            return builder;
        }

        // The filters have it already, unless they are open.
        if (!builder.Services.Any(static s => s.ServiceType == typeof(IConnectionMultiplexer)))
        {
            builder.AddRedisClient(
                MirrorContract.ConnectionName, static settings => settings.DisableHealthChecks = true);
        }

        builder.Services.TryAddSingleton(
            static services => new MirrorConnection(services.GetRequiredService<IConnectionMultiplexer>));
        builder.Services.AddSingleton<AnnouncingMetrics>();
        builder.Services.AddHostedService<Announcer>();
        builder.Services.AddOptions<RefusalOptions>().BindConfiguration(RefusalOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<RefusalOptions>, RefusalOptionsValidator>();
        builder.Services.AddSingleton<RefusalRing>();
        builder.Services.AddHostedService<RefusalTeller>();
        return builder;
    }
}
