using Cybertemp.Mail.Failover;
using Npgsql;

namespace Cybertemp.Web.Database;

/// <summary>The settings of connections; what the connection string names itself is left alone.</summary>
internal static class MailConnection
{
    /// <summary>Also for a place in the pool: when a replica restarts, all its readers come at once.</summary>
    private const int ConnectTimeoutSeconds = 15;

    /// <summary>Configures the database that takes changes too.</summary>
    public static void Configure(
        NpgsqlDataSourceBuilder builder, WebOptions options, PoolerWatch pooler, TimelineFence fence)
    {
        Configure(builder, options);
        var settings = builder.ConnectionStringBuilder;
        if (settings.Host?.Contains(',', StringComparison.Ordinal) is true)
        {
            Default(settings, "Target Session Attributes", "prefer-primary");
            Default(settings, "Host Recheck Seconds", 1);
        }

        builder.UsePhysicalConnectionInitializer(
            connection =>
            {
                fence.Check(connection);
                pooler.Check(connection);
            },
            async connection =>
            {
                await fence.CheckAsync(connection);
                await pooler.CheckAsync(connection);
            });
    }

    /// <summary>Configures a replica.</summary>
    public static void Configure(NpgsqlDataSourceBuilder builder, WebOptions options, PoolerWatch pooler)
    {
        Configure(builder, options);
        builder.UsePhysicalConnectionInitializer(pooler.Check, pooler.CheckAsync);
    }

    private static void Configure(NpgsqlDataSourceBuilder builder, WebOptions options)
    {
        var settings = builder.ConnectionStringBuilder;
        Default(settings, "Application Name", "cybertemp-web");
        Default(settings, "No Reset On Close", true);
        Default(settings, "Timeout", ConnectTimeoutSeconds);
        Default(settings, "Command Timeout", (int)Math.Ceiling(options.CommandTimeout.TotalSeconds));
        Default(settings, "Maximum Pool Size", options.MaxPoolSize);
    }

    private static void Default(NpgsqlConnectionStringBuilder settings, string keyword, object value)
    {
        if (!settings.ShouldSerialize(keyword))
        {
            settings[keyword] = value;
        }
    }
}
