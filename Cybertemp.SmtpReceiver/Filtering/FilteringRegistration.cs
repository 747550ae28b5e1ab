using Cybertemp.SmtpReceiver.Smtp;
using Cybertemp.Sync.Mirror;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Cybertemp.SmtpReceiver.Filtering;

internal static class FilteringRegistration
{
    /// <summary>The policies of SMTP, from the mirror in Redis; with both sources open, from nothing and without Redis.</summary>
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
        builder.AddMirrorConnection();
        builder.Services.AddSingleton<FilterSource>();
        builder.Services.AddSingleton<FilteringMetrics>();
        builder.Services.AddSingleton<MirrorReader>();
        builder.Services.AddHostedService<FilterRefresher>();
        builder.Services.AddOptions<FilteringOptions>().Validate<IConfiguration>(
            static (_, configuration) => configuration.GetConnectionString(MirrorContract.ConnectionName) is { Length: > 0 },
            "ConnectionStrings:redis is not set. Set it to the Redis that Sync fills, or receive mail for every domain from anybody with "
            + "Filters:Domains:Source=Open and Filters:Bans:Source=Open.");
    }
}
