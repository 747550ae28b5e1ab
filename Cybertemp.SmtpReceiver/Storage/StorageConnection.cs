using Cybertemp.Mail.Failover;
using Cybertemp.ServiceDefaults.Configuration;
using Npgsql;

namespace Cybertemp.SmtpReceiver.Storage;

/// <summary>The settings every connection of the receiver's one data source needs.</summary>
internal static class StorageConnection
{
    /// <summary>
    /// Bounds on how long a server process outlives its client: it holds the locks that a retry waits for. Set as
    /// session state because the values are the same for all who might share the connection behind a pooler.
    /// </summary>
    private const string NoticeDeadClients = """
        select set_config('tcp_keepalives_idle', '5', false), set_config('tcp_keepalives_interval', '3', false),
            set_config('tcp_keepalives_count', '3', false), set_config('tcp_user_timeout', '15000', false),
            set_config('client_connection_check_interval', '2000', false)
        """;

    /// <summary>
    /// Connections that large messages, retention, flush and health need beside the writers' own, or they would wait
    /// for each other.
    /// </summary>
    public const int BesideWriters = 5;

    /// <summary>Connections for the helpers of the two queues, which a smaller pool does without.</summary>
    public const int Helpers = 2;

    /// <summary>Looks at a connection string before a driver meets it with an exception of its own.</summary>
    /// <exception cref="ConfigurationException">It is none, or its pool is too small.</exception>
    public static void Validate(string connectionString, StorageOptions options)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString);
            if (settings.ShouldSerialize("Maximum Pool Size") && settings.MaxPoolSize < options.Writers + BesideWriters)
            {
                throw new ConfigurationException(
                    $"Maximum Pool Size of ConnectionStrings:cybertemp is '{settings.MaxPoolSize}': must be at least "
                        + $"Storage:Writers + {BesideWriters}.");
            }
        }
        catch (ArgumentException)
        {
            // Its message may hold a part of the string.
            throw new ConfigurationException(
                "ConnectionStrings:cybertemp is set, but not valid: allowed is an Npgsql connection string, "
                    + "Host=...;Username=...;Database=...");
        }
    }

    /// <summary>Applies the settings; what the connection string names itself is left alone.</summary>
    public static void Configure(NpgsqlDataSourceBuilder builder, StorageOptions options, TimelineFence fence)
    {
        var settings = builder.ConnectionStringBuilder;
        Default(settings, "Application Name", "cybertemp-smtp-receiver");
        Default(settings, "Write Buffer Size", 65536);
        Default(settings, "No Reset On Close", true);
        Default(settings, "Timeout", HasSeveralHosts(settings) ? 2 : 5);
        Default(settings, "Command Timeout", (int)Math.Ceiling(options.CommandTimeout.TotalSeconds));
        if (!HasUnixSocket(settings))
        {
            Default(settings, "Tcp Keepalive", true);
            Default(settings, "Tcp Keepalive Time", 10);
            Default(settings, "Tcp Keepalive Interval", 5);
        }

        Default(settings, "Minimum Pool Size", Math.Min(options.MinPoolSize, options.MaxPoolSize));
        Default(settings, "Maximum Pool Size", options.MaxPoolSize);
        if (HasSeveralHosts(settings))
        {
            Default(settings, "Target Session Attributes", "primary");
            Default(settings, "Host Recheck Seconds", 1);
        }

        builder.UsePhysicalConnectionInitializer(
            connection => Initialize(connection, fence), connection => InitializeAsync(connection, fence));
    }

    /// <summary>The pool has connections for helpers, too.</summary>
    public static bool HasHelpers(NpgsqlDataSource dataSource, StorageOptions options) =>
        new NpgsqlConnectionStringBuilder(dataSource.ConnectionString).MaxPoolSize
            >= options.Writers + BesideWriters + Helpers;

    private static bool HasSeveralHosts(NpgsqlConnectionStringBuilder settings) =>
        settings.Host?.Contains(',', StringComparison.Ordinal) is true;

    /// <summary>A socket in the file system takes no option of TCP.</summary>
    private static bool HasUnixSocket(NpgsqlConnectionStringBuilder settings) =>
        settings.Host?.Split(',').Any(static host => host.TrimStart() is ['/' or '@', ..]) is true;

    private static void Default(NpgsqlConnectionStringBuilder settings, string keyword, object value)
    {
        if (!settings.ShouldSerialize(keyword))
        {
            settings[keyword] = value;
        }
    }

    private static void Initialize(NpgsqlConnection connection, TimelineFence fence)
    {
        using (var command = new NpgsqlCommand(NoticeDeadClients, connection))
        {
            command.ExecuteNonQuery();
        }

        fence.Check(connection);
    }

    private static async Task InitializeAsync(NpgsqlConnection connection, TimelineFence fence)
    {
        await using (var command = new NpgsqlCommand(NoticeDeadClients, connection))
        {
            await command.ExecuteNonQueryAsync();
        }

        await fence.CheckAsync(connection);
    }
}
