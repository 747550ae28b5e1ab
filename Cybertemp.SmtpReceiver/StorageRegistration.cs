using Cybertemp.Mail.Failover;
using Cybertemp.Mail.Schema;
using Cybertemp.SmtpReceiver.Commit;
using Cybertemp.SmtpReceiver.Commit.Telemetry;
using Cybertemp.SmtpReceiver.Storage;
using Cybertemp.SmtpReceiver.Storage.Maintenance;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Cybertemp.SmtpReceiver;

internal static class StorageRegistration
{
    /// <summary>
    /// Everything between a parsed message and the tables. Needs the one NpgsqlDataSource, built with
    /// <see cref="StorageConnection.Configure"/>, and what that was given. Register before what listens: hosted
    /// services stop in reverse order.
    /// </summary>
    internal static IServiceCollection AddStorage(
        this IServiceCollection services, TimelineFence fence, DatabaseServers servers)
    {
        services.AddSingleton(fence);
        services.AddSingleton(servers);
        services.AddSingleton<TimelineWatch>();
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateOnStart()
            .Validate(
                static o => o.MaxPoolSize >= o.Writers + StorageConnection.BesideWriters,
                "MaxPoolSize: must be at least Storage:Writers + 5.");
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<StorageMetrics>();
        services.AddSingleton<StorageClock>();
        services.AddSingleton<StorageAvailability>();
        services.AddSingleton<DatabaseState>();
        services.AddSingleton<EmailPartitions>();
        services.AddSingleton(CreateRetention);
        services.AddSingleton(CreateRowExpiry);
        services.AddSingleton<LastReceived>();
        services.AddSingleton<LastReceivedFlusher>();
        services.AddSingleton<StorageMonitor>();
        services.AddSingleton<SchemaMigrator>();
        services.AddCommit();
        services.AddHostedServices();
        services.AddHealthChecks().AddCheck<StorageHealthCheck>("storage");
        return services;
    }

    private static void AddHostedServices(this IServiceCollection services)
    {
        services.AddHostedService<CommitStartup>();
        services.AddHostedService<RetentionService>();
        services.AddHostedService(static provider => provider.GetRequiredService<StorageMonitor>());
        services.AddHostedService(static provider => provider.GetRequiredService<TimelineWatch>());
        services.AddHostedService(static provider => provider.GetRequiredService<LastReceivedFlusher>());
        services.AddHostedService(static provider => provider.GetRequiredService<BatchWriter>());
    }

    private static void AddCommit(this IServiceCollection services)
    {
        services.AddSingleton<CommitMetrics>();
        services.AddSingleton<CommitNews>();
        services.AddSingleton<IMessageStore, PostgresMessageStore>();
        services.AddSingleton<BatchCommitter>();
        services.AddSingleton<BatchWriter>();
    }

    private static RowExpiry CreateRowExpiry(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<StorageOptions>>().Value;
        return new(
            services.GetRequiredService<NpgsqlDataSource>(), options.ReservedRetention, options.QuarantineRetention);
    }

    private static Retention CreateRetention(IServiceProvider services) => new(
        services.GetRequiredService<NpgsqlDataSource>(),
        services.GetRequiredService<EmailPartitions>(),
        services.GetRequiredService<IOptions<StorageOptions>>().Value.Retention,
        services.GetRequiredService<StorageClock>().Observe,
        services.GetRequiredService<ILogger<Retention>>());
}
