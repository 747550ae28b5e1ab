using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Cybertemp.SmtpReceiver.Storage;

internal static class StorageRegistration
{
    /// <summary>
    /// Everything between a parsed message and the tables. Needs the one NpgsqlDataSource, built with
    /// <see cref="StorageConnection.Configure"/>. Register before what listens: hosted services stop in reverse order.
    /// </summary>
    internal static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<StorageMetrics>();
        services.AddSingleton<StorageClock>();
        services.AddSingleton<StorageAvailability>();
        services.AddSingleton<DatabaseState>();
        services.AddSingleton<EmailPartitions>();
        services.AddSingleton<Retention>();
        services.AddSingleton<LastReceived>();
        services.AddSingleton<LastReceivedFlusher>();
        services.AddSingleton<StorageMonitor>();
        services.AddSingleton<SchemaMigrator>();
        services.AddSingleton<IMessageStore, PostgresMessageStore>();
        services.AddSingleton<BatchCommitter>();
        services.AddSingleton<BatchWriter>();
        services.AddHostedService<StorageStartup>();
        services.AddHostedService<RetentionService>();
        services.AddHostedService(static provider => provider.GetRequiredService<StorageMonitor>());
        services.AddHostedService(static provider => provider.GetRequiredService<LastReceivedFlusher>());
        services.AddHostedService(static provider => provider.GetRequiredService<BatchWriter>());
        services.AddHealthChecks().AddCheck<StorageHealthCheck>("storage");
        return services;
    }
}
