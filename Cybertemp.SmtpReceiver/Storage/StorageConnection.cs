using Npgsql;

namespace Cybertemp.SmtpReceiver.Storage;

/// <summary>The settings every connection of the receiver's one data source needs.</summary>
internal static class StorageConnection
{
    /// <summary>
    /// Bounds on how long a server process outlives its client: it holds the locks that a retry waits for. Set as session
    /// state because the values are the same for all who might share the connection behind a pooler.
    /// </summary>
    private const string NoticeDeadClients = """
        select set_config('tcp_keepalives_idle', '5', false), set_config('tcp_keepalives_interval', '3', false),
            set_config('tcp_keepalives_count', '3', false), set_config('tcp_user_timeout', '15000', false),
            set_config('client_connection_check_interval', '2000', false)
        """;

    /// <summary>Applies the settings; what the connection string names itself is left alone.</summary>
    public static void Configure(NpgsqlDataSourceBuilder builder, StorageOptions options)
    {
        var settings = builder.ConnectionStringBuilder;
        Default(settings, "Application Name", "cybertemp-smtp-receiver");
        Default(settings, "Write Buffer Size", 65536);
        Default(settings, "No Reset On Close", true);
        Default(settings, "Timeout", 5);
        Default(settings, "Command Timeout", (int)Math.Ceiling(options.CommandTimeout.TotalSeconds));
        Default(settings, "Tcp Keepalive", true);
        Default(settings, "Tcp Keepalive Time", 10);
        Default(settings, "Tcp Keepalive Interval", 5);
        Default(settings, "Minimum Pool Size", Math.Min(options.MinPoolSize, options.MaxPoolSize));
        Default(settings, "Maximum Pool Size", options.MaxPoolSize);
        if (settings.Host?.Contains(',', StringComparison.Ordinal) is true)
        {
            Default(settings, "Target Session Attributes", "primary");
        }

        builder.UsePhysicalConnectionInitializer(Initialize, InitializeAsync);
    }

    private static void Default(NpgsqlConnectionStringBuilder settings, string keyword, object value)
    {
        if (!settings.ShouldSerialize(keyword))
        {
            settings[keyword] = value;
        }
    }

    private static void Initialize(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(NoticeDeadClients, connection);
        command.ExecuteNonQuery();
    }

    private static async Task InitializeAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(NoticeDeadClients, connection);
        await command.ExecuteNonQueryAsync();
    }
}
