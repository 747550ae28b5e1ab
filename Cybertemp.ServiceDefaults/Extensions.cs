using Cybertemp.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Microsoft.Extensions.Hosting;

/// <summary>What every service of the stack does alike: telemetry, health, resilience, service discovery.</summary>
public static class Extensions
{
    private const string HealthEndpointPath = "/health";
    private const string AlivenessEndpointPath = "/alive";
    private const string Live = "live";

    private static readonly string[] OtlpClients = ["OtlpTraceExporter", "OtlpMetricExporter", "OtlpLogExporter"];

    // The weakest of all sources: a configured level wins. A driver that logs each statement would log mail, one that
    // tells 60 lines of each connection hides ours, a client that logs each request its URL's secret; a health check or
    // an attempt that fails is no error of its own: who owns the state logs its change. Of a service that does not
    // start the host knows no more than the service's own line. Each console line is one event with its time.
    private static readonly Dictionary<string, string?> LoggingDefaults = new(StringComparer.Ordinal)
    {
        ["Logging:LogLevel:Npgsql"] = "Warning",
        ["Logging:LogLevel:StackExchange.Redis"] = "Warning",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "Critical",
        ["Logging:LogLevel:ModelContextProtocol"] = "Warning",
        ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Warning",
        ["Logging:LogLevel:Polly"] = "Critical",
        ["Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host"] = "Critical",
        ["Logging:Console:FormatterName"] = "simple",
        ["Logging:Console:FormatterOptions:SingleLine"] = "true",
        ["Logging:Console:FormatterOptions:UseUtcTimestamp"] = "true",
        ["Logging:Console:FormatterOptions:TimestampFormat"] = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ",
    };

    /// <summary>
    /// Telemetry and the liveness check. A service's own meter and activity source are named as its assembly.
    /// </summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = LoggingDefaults });
        builder.ConfigureOpenTelemetry();
        builder.Services.AddHealthChecks().AddCheck("self", static () => HealthCheckResult.Healthy(), [Live]);
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(static http =>
        {
            http.AddStandardResilienceHandler();
            http.AddServiceDiscovery();
        });
        return builder;
    }

    /// <summary>
    /// <c>/health</c>: ready to do its work; <c>/alive</c>: the process answers. In every environment; the body is one
    /// word, so that strangers learn nothing.
    /// </summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.MapHealthChecks(HealthEndpointPath);
        app.MapHealthChecks(
            AlivenessEndpointPath, new HealthCheckOptions { Predicate = static check => check.Tags.Contains(Live) });
        return app;
    }

    /// <summary>
    /// Spans and measurements that go nowhere would cost a message as much as reading it: where nothing is sent, nobody
    /// listens.
    /// </summary>
    private static void ConfigureOpenTelemetry(this IHostApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return;
        }

        builder.Logging.AddOpenTelemetry(static logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter(builder.Environment.ApplicationName, "Npgsql", "StackExchange.Redis"))
            .WithTracing(tracing => tracing
                .AddAspNetCoreInstrumentation(static options => options.Filter = static context =>
                    context.Request.Path.Value is not (HealthEndpointPath or AlivenessEndpointPath))
                .AddHttpClientInstrumentation(static options => options.FilterHttpRequestMessage = SecretUrl.IsAbsent)
                .AddSource(builder.Environment.ApplicationName, "Npgsql", "StackExchange.Redis")
                .AddProcessor(new BackgroundWork()))
            .UseOtlpExporter();
        foreach (var exporter in OtlpClients)
        {
            // It retries by itself; with a second pipeline around it the last export keeps a stopping process for 5 s.
            builder.Services.AddHttpClient(exporter).RemoveAllResilienceHandlers();
        }
    }
}
