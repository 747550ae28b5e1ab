using Microsoft.Extensions.DependencyInjection;

namespace OpenTelemetry;

/// <summary>Collects the SDK's configuration. <c>WithMetrics</c>, <c>WithTracing</c> and the others are extensions in OpenTelemetry itself.</summary>
public sealed class OpenTelemetryBuilder : IOpenTelemetryBuilder
{
    internal OpenTelemetryBuilder(IServiceCollection services) => Services = services;

    public IServiceCollection Services { get; }
}
