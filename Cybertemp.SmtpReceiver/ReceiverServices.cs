using Cybertemp.Mail.Failover;
using Cybertemp.Mail.Mime;
using Cybertemp.ServiceDefaults.Configuration;
using Cybertemp.SmtpReceiver.Announcing;
using Cybertemp.SmtpReceiver.Filtering;
using Cybertemp.SmtpReceiver.Heartbeat;
using Cybertemp.SmtpReceiver.Intake;
using Cybertemp.SmtpReceiver.Smtp;
using Cybertemp.SmtpReceiver.Storage;

namespace Cybertemp.SmtpReceiver;

/// <summary>
/// Every registration. Hosted services start in this order and stop in reverse: the listener last and first.
/// </summary>
internal static class ReceiverServices
{
    private const string ConnectionName = "cybertemp";

    public static void AddSmtpReceiver(this IHostApplicationBuilder builder)
    {
        var storage = Storage(builder.Configuration);
        var database = Database(builder.Configuration);
        StorageConnection.Validate(database, storage);
        var fence = new TimelineFence(storage.TimelineFence);
        builder.AddNpgsqlDataSource(
            ConnectionName,
            // Storage has its own: the server answers, and so does the schema.
            static settings => settings.DisableHealthChecks = true,
            dataSource => StorageConnection.Configure(dataSource, storage, fence));
        builder.AddMemoryPlan();
        builder.Services.AddStorage(fence, DatabaseServers.Of(database));
        builder.AddFiltering();
        builder.AddAnnouncing();
        builder.Services.AddMime();
        builder.Services.AddIntake();
        builder.Services.AddHeartbeat();
        builder.Services.AddSmtp();
    }

    /// <summary>The connection string of the one database.</summary>
    /// <exception cref="ConfigurationException">There is none.</exception>
    private static string Database(IConfiguration configuration) =>
        configuration.GetConnectionString(ConnectionName) is { Length: > 0 } connectionString
            ? connectionString
            : throw new ConfigurationException(
                "no database is configured: set DATABASE_URL=postgresql://user:password@host/database or "
                    + "ConnectionStrings__cybertemp.");

    public static StorageOptions Storage(IConfiguration configuration) =>
        configuration.GetSection(StorageOptions.Section).Get<StorageOptions>() ?? new();
}
