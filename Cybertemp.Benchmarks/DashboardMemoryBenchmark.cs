using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Trace;

namespace Cybertemp.Benchmarks;

/// <summary>
/// Resident memory of a running AppHost before and after telemetry that is sent with the exporter of the services. Where
/// to and with which key is read from the environment of one of its child processes.
/// </summary>
internal static partial class DashboardMemoryBenchmark
{
    private const int SpansOfTrace = 5;

    // Below the exporter's queue, so that nothing is dropped.
    private const int Chunk = 1_000;

    private static readonly ActivitySource Source = new("Cybertemp.Benchmarks");

    /// <summary>Arguments: process id of the AppHost, log records (1,000,000), spans (200,000).</summary>
    public static async Task RunAsync(string[] arguments)
    {
        int Argument(int index, int otherwise) => arguments.Length > index ? int.Parse(arguments[index], CultureInfo.InvariantCulture) : otherwise;
        var appHost = Argument(0, 0);
        var (endpoint, headers) = FindExporter(appHost);
        await AssertReachableAsync(endpoint, headers);
        Report(appHost, "before");
        await MeasureAsync(appHost, "log records", Argument(1, 1_000_000), count => SendLogs(endpoint, headers, count));
        await MeasureAsync(appHost, "spans", Argument(2, 200_000), count => SendSpans(endpoint, headers, count));
        await Task.Delay(TimeSpan.FromSeconds(30));
        Report(appHost, "30 s later");
    }

    private static async Task MeasureAsync(int appHost, string what, int count, Action<int> send)
    {
        var started = Stopwatch.GetTimestamp();
        await Task.Run(() => send(count));
        Report(appHost, FormattableString.Invariant($"after {count:N0} {what} in {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s"));
    }

    private static void SendLogs(Uri endpoint, string headers, int count)
    {
        using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddOpenTelemetry(options =>
            {
                options.IncludeFormattedMessage = true;
                options.AddOtlpExporter(exporter => Configure(exporter, new Uri(endpoint, "/v1/logs"), headers));
            }))
            .BuildServiceProvider();
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Cybertemp.Benchmarks.Session");
        var provider = services.GetRequiredService<LoggerProvider>();
        for (var i = 1; i <= count; i++)
        {
            LogSession(logger, i, i % 97, i % 5);
            if (i % Chunk == 0)
            {
                provider.ForceFlush();
            }
        }
    }

    private static void SendSpans(Uri endpoint, string headers, int count)
    {
        using var provider = Sdk.CreateTracerProviderBuilder()
            .AddSource(Source.Name)
            .AddOtlpExporter(exporter => Configure(exporter, new Uri(endpoint, "/v1/traces"), headers))
            .Build();
        for (var sent = 0; sent < count; sent += SpansOfTrace)
        {
            using (var message = Source.StartActivity("smtp.message", ActivityKind.Server))
            {
                message?.SetTag("cybertemp.message.uid", Guid.CreateVersion7().ToString());
                for (var child = 1; child < SpansOfTrace; child++)
                {
                    using var span = Source.StartActivity("commit");
                    span?.SetTag("cybertemp.storage.batch.size", child);
                }
            }

            if (sent % Chunk == 0)
            {
                provider.ForceFlush();
            }
        }
    }

    private static void Configure(OtlpExporterOptions exporter, Uri endpoint, string headers) =>
        (exporter.Endpoint, exporter.Headers, exporter.Protocol) = (endpoint, headers, OtlpExportProtocol.HttpProtobuf);

    /// <summary>An exporter keeps silent about what it cannot send.</summary>
    private static async Task AssertReachableAsync(Uri endpoint, string headers)
    {
        using var client = new HttpClient();
        using var content = new ByteArrayContent([]);
        content.Headers.ContentType = new("application/x-protobuf");
        content.Headers.Add(headers[..headers.IndexOf('=', StringComparison.Ordinal)], headers[(headers.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        using var response = await client.PostAsync(new Uri(endpoint, "/v1/logs"), content);
        response.EnsureSuccessStatusCode();
    }

    private static (Uri Endpoint, string Headers) FindExporter(int appHost)
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(static d => char.IsAsciiDigit(Path.GetFileName(d)[0])))
        {
            if (Status(process, "PPid") == appHost)
            {
                var environment = File.ReadAllText(Path.Combine(process, "environ")).Split('\0').Select(static v => v.Split('=', 2))
                    .Where(static v => v.Length == 2).ToDictionary(static v => v[0], static v => v[1], StringComparer.Ordinal);
                if (environment.TryGetValue("OTEL_EXPORTER_OTLP_ENDPOINT", out var endpoint))
                {
                    return (new Uri(endpoint), environment["OTEL_EXPORTER_OTLP_HEADERS"]);
                }
            }
        }

        throw new ArgumentException($"Process {appHost} has no child that sends telemetry: is it the AppHost itself, with its dashboard?", nameof(appHost));
    }

    private static void Report(int appHost, string moment) => Console.WriteLine(
        FormattableString.Invariant($"{moment,-44} resident {Status($"/proc/{appHost}", "VmRSS") / 1024,5} MiB, at most {Status($"/proc/{appHost}", "VmHWM") / 1024,5} MiB"));

    /// <summary>A number of /proc/PID/status, sizes in KiB; 0 when the process has ended.</summary>
    private static long Status(string process, string key)
    {
        try
        {
            var line = File.ReadLines(Path.Combine(process, "status")).FirstOrDefault(l => l.StartsWith($"{key}:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    [LoggerMessage(LogLevel.Information, "Session {Session} ended after {Milliseconds} ms with {MessageCount} messages")]
    private static partial void LogSession(ILogger logger, int session, int milliseconds, int messageCount);
}
