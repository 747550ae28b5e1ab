using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.Dashboard.Frontend;
using Aspire.Hosting.Dashboard.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Dashboard.Otlp;

/// <summary>
/// OTLP over HTTP with binary protobuf. A request is taken whole or, when anything in it is malformed, refused whole
/// with 400, which tells an exporter not to retry.
/// </summary>
internal sealed class OtlpReceiver(DashboardState state) : IDisposable
{
    /// <summary>The header in which an exporter shows its key.</summary>
    public const string KeyHeader = "x-otlp-api-key";

    private const string Protobuf = "application/x-protobuf";

    private readonly SemaphoreSlim _slots = new(OtlpLimits.MaxConcurrentRequests);

    public void Map(WebApplication app)
    {
        app.Lifetime.ApplicationStopped.Register(Dispose);
        app.MapPost("/v1/traces", context => ReceiveAsync(context, AddSpans));
        app.MapPost("/v1/logs", context => ReceiveAsync(context, AddLogs));
        app.MapPost("/v1/metrics", context => ReceiveAsync(context, AddReadings));
    }

    public void Dispose() => _slots.Dispose();

    /// <summary>Keeps the spans of an ExportTraceServiceRequest, or nothing when any of it is malformed.</summary>
    public bool AddSpans(byte[] body) => Add<Span>(
        body, state.Traces.Add, (resource, scope, record) => OtlpSpans.Read(resource, scope, record, state.Names));

    /// <summary>Keeps the records of an ExportLogsServiceRequest, or nothing when any of it is malformed.</summary>
    public bool AddLogs(byte[] body) => Add<LogEntry>(
        body, state.Logs.Add, (resource, scope, record) => OtlpLogs.Read(resource, scope, record, state.Names));

    private async Task ReceiveAsync(HttpContext context, Func<byte[], bool> add)
    {
        if (Refuse(context.Request) is { } refusal)
        {
            context.Response.StatusCode = refusal;
            return;
        }

        await _slots.WaitAsync(context.RequestAborted);
        try
        {
            var (body, status) = await OtlpBody.ReadAsync(context.Request, context.RequestAborted);
            context.Response.StatusCode = status != StatusCodes.Status200OK || add(body) ? status : StatusCodes.Status400BadRequest;
            context.Response.ContentType = Protobuf;
        }
        catch (Exception ex) when (ex is IOException or OperationCanceledException)
        {
            context.Abort();
        }
        finally
        {
            _slots.Release();
        }
    }

    private int? Refuse(HttpRequest request)
    {
        if (!HostRule.Allows(request.Host, state.Options.OtlpUrl))
        {
            return StatusCodes.Status400BadRequest;
        }

        if (state.Options.ApiKey is { } key && !CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(request.Headers[KeyHeader].ToString()), Encoding.UTF8.GetBytes(key)))
        {
            return StatusCodes.Status401Unauthorized;
        }

        return MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType == Protobuf
            ? null
            : StatusCodes.Status415UnsupportedMediaType;
    }

    private bool Add<T>(byte[] body, Action<IReadOnlyList<T>> store, Func<TelemetryResource, string, ReadOnlySpan<byte>, T?> decode)
        where T : class
    {
        var items = new List<T>();
        var isSound = OtlpRequest.Read(body, state.Register, (resource, scope, record) =>
        {
            var item = decode(resource, scope, record);
            if (item is not null)
            {
                items.Add(item);
            }

            return item is not null;
        });
        if (isSound)
        {
            store(items);
        }

        return isSound;
    }

    private bool AddReadings(byte[] body)
    {
        var readings = new List<MeterReading>();
        var isSound = OtlpRequest.Read(
            body, state.Register, (resource, scope, record) => OtlpMeters.Read(resource, scope, record, state.Names, readings));
        if (isSound)
        {
            state.Meters.Add(readings);
        }

        return isSound;
    }
}
