using Aspire.StackExchange.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace Microsoft.Extensions.Hosting;

/// <summary>Registers Redis clients from the connection strings that an AppHost hands over.</summary>
public static class AspireRedisExtensions
{
    private const string Section = "Aspire:StackExchange:Redis";
    private const string HealthCheckName = "StackExchange.Redis";
    private const string AbortConnectKey = "abortConnect=";

    /// <summary>
    /// A singleton <see cref="IConnectionMultiplexer"/>, connected when first asked for, and a health check. A server
    /// that is away at that time is connected to later, unless the connection string says otherwise.
    /// </summary>
    public static void AddRedisClient(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);
        var settings = Bind(builder.Configuration, connectionName);
        configureSettings?.Invoke(settings);

        builder.Services.TryAddSingleton<IConnectionMultiplexer>(
            _ => ConnectionMultiplexer.Connect(CreateOptions(settings, connectionName, configureOptions)));
        if (!settings.DisableHealthChecks)
        {
            builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
                HealthCheckName,
                static services => new RedisHealthCheck(services.GetRequiredService<IConnectionMultiplexer>),
                failureStatus: null,
                tags: null));
        }
    }

    private static StackExchangeRedisSettings Bind(IConfiguration configuration, string connectionName)
    {
        var settings = new StackExchangeRedisSettings();
        configuration.GetSection(Section).Bind(settings);
        configuration.GetSection($"{Section}:{connectionName}").Bind(settings);
        settings.ConnectionString = configuration.GetConnectionString(connectionName) ?? settings.ConnectionString;
        return settings;
    }

    private static ConfigurationOptions CreateOptions(
        StackExchangeRedisSettings settings, string connectionName, Action<ConfigurationOptions>? configure)
    {
        var connectionString = settings.ConnectionString ?? "";
        var options = connectionString.Length == 0 ? new ConfigurationOptions() : ConfigurationOptions.Parse(connectionString);
        if (!connectionString.Contains(AbortConnectKey, StringComparison.OrdinalIgnoreCase))
        {
            options.AbortOnConnectFail = false;
        }

        configure?.Invoke(options);
        return options.EndPoints.Count > 0
            ? options
            : throw new InvalidOperationException(
                $"No endpoints specified. Ensure a valid connection string was provided in 'ConnectionStrings:{connectionName}' "
                + $"or for the '{Section}:ConnectionString' configuration section.");
    }
}
