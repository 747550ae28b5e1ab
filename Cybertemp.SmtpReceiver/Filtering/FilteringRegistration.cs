using Cybertemp.Mail.Filters;
using Cybertemp.Mail.Filters.Mirror;
using Cybertemp.SmtpReceiver.Smtp.Envelope;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Cybertemp.SmtpReceiver.Filtering;

internal static class FilteringRegistration
{
    /// <summary>
    /// The policies of SMTP, from the mirror in Redis; with both sources open, from nothing and without Redis.
    /// </summary>
    public static IHostApplicationBuilder AddFiltering(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<FilteringOptions>().BindConfiguration(FilteringOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<FilteringOptions>, FilteringOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IRecipientPolicy>(static s => s.GetRequiredService<FilterSource>());
        services.AddSingleton<ISenderPolicy>(static s => s.GetRequiredService<FilterSource>());
        services.AddHealthChecks().AddCheck<FilterHealthCheck>("filters");
        var options = builder.Configuration.GetSection(FilteringOptions.Section).Get<FilteringOptions>() ?? new();
        if (options.IsOpen)
        {
            services.AddSingleton(new FilterSource(FilterSnapshot.Open));
        }
        else
        {
            builder.AddMirror();
        }

        return builder;
    }

    private static void AddMirror(this IHostApplicationBuilder builder)
    {
        builder.AddRedisClient(
            MirrorContract.ConnectionName,
            static settings => settings.DisableHealthChecks = true); // The presence of a snapshot is what counts.
        builder.Services.AddSingleton(
            static services => new MirrorConnection(services.GetRequiredService<IConnectionMultiplexer>));
        builder.Services.AddSingleton<FilterSource>();
        builder.Services.AddSingleton<FilteringMetrics>();
        builder.Services.AddSingleton<MirrorReader>();
        builder.Services.AddHostedService<FilterRefresher>();
        builder.Services.AddOptions<FilteringOptions>().Validate<IConfiguration>(
            static (_, configuration) =>
                configuration.GetConnectionString(MirrorContract.ConnectionName) is { Length: > 0 },
            "ConnectionStrings:redis is not set. Set it to the Redis that Sync fills, or receive mail for every domain "
            + "from anybody with Filters:Domains:Source=Open and Filters:Bans:Source=Open.");
    }
}
