namespace Aspire.Hosting.Dashboard.Otlp;

/// <summary>The variables that lead a resource's exporters here; only while something listens, or they would retry for nothing.</summary>
internal static class OtlpEnvironment
{
    public static IEnumerable<KeyValuePair<string, string>> Create(Uri endpoint, string? apiKey)
    {
        yield return new("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint.GetLeftPart(UriPartial.Authority));
        yield return new("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        if (apiKey is not null)
        {
            yield return new("OTEL_EXPORTER_OTLP_HEADERS", $"{OtlpReceiver.KeyHeader}={apiKey}");
        }
    }
}
