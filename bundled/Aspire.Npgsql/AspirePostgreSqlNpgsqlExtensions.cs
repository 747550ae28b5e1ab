using System.Data.Common;
using Aspire.Npgsql;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Microsoft.Extensions.Hosting;

/// <summary>Registers PostgreSQL clients from the connection strings that an AppHost hands over.</summary>
public static class AspirePostgreSqlNpgsqlExtensions
{
    private const string Section = "Aspire:Npgsql";
    private const string HealthCheckName = "PostgreSql";
    private const string TelemetryName = "Npgsql";

    /// <summary>
    /// A singleton <see cref="NpgsqlDataSource"/>, a health check and telemetry. A missing connection string is
    /// reported when the data source is first asked for.
    /// </summary>
    public static void AddNpgsqlDataSource(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<NpgsqlSettings>? configureSettings = null,
        Action<NpgsqlDataSourceBuilder>? configureDataSourceBuilder = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);
        var settings = Bind(builder.Configuration, connectionName);
        configureSettings?.Invoke(settings);

        builder.Services.TryAddSingleton(services => Create(services, settings, connectionName, configureDataSourceBuilder));
        builder.Services.TryAddSingleton<DbDataSource>(static services => services.GetRequiredService<NpgsqlDataSource>());
        builder.Services.TryAddTransient(static services => services.GetRequiredService<NpgsqlDataSource>().CreateConnection());
        builder.Services.TryAddTransient<DbConnection>(static services => services.GetRequiredService<NpgsqlConnection>());
        AddHealthCheck(builder.Services, settings);
        AddTelemetry(builder.Services, settings);
    }

    private static NpgsqlSettings Bind(IConfiguration configuration, string connectionName)
    {
        var settings = new NpgsqlSettings();
        configuration.GetSection(Section).Bind(settings);
        configuration.GetSection($"{Section}:{connectionName}").Bind(settings);
        settings.ConnectionString = configuration.GetConnectionString(connectionName) ?? settings.ConnectionString;
        return settings;
    }

    private static NpgsqlDataSource Create(
        IServiceProvider services, NpgsqlSettings settings, string connectionName, Action<NpgsqlDataSourceBuilder>? configure)
    {
        if (string.IsNullOrWhiteSpace(settings.ConnectionString))
        {
            throw new InvalidOperationException(
                $"ConnectionString is missing. It should be provided in 'ConnectionStrings:{connectionName}' or under the "
                + $"'ConnectionString' key in '{Section}' or '{Section}:{connectionName}' configuration section.");
        }

        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        builder.UseLoggerFactory(services.GetService<ILoggerFactory>());
        configure?.Invoke(builder);
        return builder.Build();
    }

    private static void AddHealthCheck(IServiceCollection services, NpgsqlSettings settings)
    {
        if (!settings.DisableHealthChecks)
        {
            services.AddHealthChecks().Add(new HealthCheckRegistration(
                HealthCheckName,
                static s => new NpgsqlHealthCheck(s.GetRequiredService<NpgsqlDataSource>()),
                failureStatus: null,
                tags: null));
        }
    }

    private static void AddTelemetry(IServiceCollection services, NpgsqlSettings settings)
    {
        if (!settings.DisableMetrics)
        {
            services.ConfigureOpenTelemetryMeterProvider(static metrics => metrics.AddMeter(TelemetryName));
        }

        if (!settings.DisableTracing)
        {
            services.ConfigureOpenTelemetryTracerProvider(static tracing => tracing.AddSource(TelemetryName));
        }
    }
}
