namespace Aspire.Hosting.Dashboard.Otlp;

/// <summary>The OTEL_* variables that Aspire gives to a resource, with http/protobuf as the only protocol.</summary>
internal static class OtlpEnvironment
{
    private const string EverySecond = "1000";

    public static IEnumerable<KeyValuePair<string, string>> Create(Uri endpoint, string? apiKey, string service, string instance, bool frequent)
    {
        yield return new("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint.GetLeftPart(UriPartial.Authority));
        yield return new("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        if (apiKey is not null)
        {
            yield return new("OTEL_EXPORTER_OTLP_HEADERS", $"x-otlp-api-key={apiKey}");
        }

        yield return new("OTEL_SERVICE_NAME", service);
        yield return new("OTEL_RESOURCE_ATTRIBUTES", $"service.instance.id={instance}");
        yield return new("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory");
        yield return new("OTEL_DOTNET_EXPERIMENTAL_OTLP_EMIT_EXCEPTION_LOG_ATTRIBUTES", "true");
        yield return new("OTEL_DOTNET_EXPERIMENTAL_OTLP_EMIT_EVENT_LOG_ATTRIBUTES", "true");
        foreach (var variable in frequent ? WhileDeveloping : [])
        {
            yield return variable;
        }
    }

    private static KeyValuePair<string, string>[] WhileDeveloping { get; } =
    [
        new("OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION", "true"),
        new("OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION", "true"),
        new("OTEL_BLRP_SCHEDULE_DELAY", EverySecond),
        new("OTEL_BSP_SCHEDULE_DELAY", EverySecond),
        new("OTEL_METRIC_EXPORT_INTERVAL", EverySecond),
        new("OTEL_TRACES_SAMPLER", "always_on"),
        new("OTEL_METRICS_EXEMPLAR_FILTER", "trace_based"),
    ];
}
