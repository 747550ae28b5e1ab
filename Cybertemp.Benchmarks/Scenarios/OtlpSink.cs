using Cybertemp.Benchmarks.Compare;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Cybertemp.Benchmarks.Scenarios;

/// <summary>A collector that takes all telemetry (OTLP, http/protobuf) and keeps none.</summary>
internal static class OtlpSink
{
    public const string Role = "otlp-sink";

    /// <summary>Never completes.</summary>
    public static Task RunAsync(string port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        app.Run(static async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            context.Response.ContentType = "application/x-protobuf";
        });
        return app.RunAsync();
    }

    public static Task<RunningServer> StartAsync() => RunningServer.StartSelfAsync(Role, connectionString: "");

    /// <summary>Variables of a receiver that sends everything there.</summary>
    public static (string Name, string Value)[] Settings(RunningServer sink) =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://127.0.0.1:{RunningServer.Text(sink.Port)}"),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
    ];
}
