using System.Net.Mime;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Dashboard.Frontend;

/// <summary>
/// Server-sent events that say only how far each store has come; a page then reads what it shows, from where it left off.
/// Nothing is queued for a client, so a slow one skips steps and one that reads nothing is dropped.
/// </summary>
internal static class LiveApi
{
    private const int MaxClients = 64;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan WriteTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    public static void Map(WebApplication app, DashboardState state)
    {
        var clients = new SemaphoreSlim(MaxClients);
        app.MapGet("/api/app", () => Results.Json(Describe(state)));
        app.MapGet("/api/live", context => StreamAsync(context, state, clients, app.Lifetime.ApplicationStopping));
    }

    private static object Describe(DashboardState state) => new
    {
        Name = state.Options.ApplicationName,
        state.Options.Packages,
        state.StartedAt,
        Version = Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion,
    };

    private static async Task StreamAsync(HttpContext context, DashboardState state, SemaphoreSlim clients, CancellationToken stopping)
    {
        if (!await clients.WaitAsync(TimeSpan.Zero, context.RequestAborted))
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        try
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            context.Response.ContentType = MediaTypeNames.Text.EventStream;
            await WriteChangesAsync(context.Response, state, ended.Token);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
        finally
        {
            clients.Release();
        }
    }

    private static async Task WriteChangesAsync(HttpResponse response, DashboardState state, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Pace, state.Time);
        (LiveVersions? sent, var at) = (null, state.Time.GetTimestamp());
        do
        {
            var versions = LiveVersions.Of(state);
            if (versions != sent)
            {
                await WriteAsync(response, $"data: {JsonSerializer.Serialize(versions, JsonSerializerOptions.Web)}\n\n", ct);
                (sent, at) = (versions, state.Time.GetTimestamp());
            }
            else if (state.Time.GetElapsedTime(at) > KeepAlive)
            {
                await WriteAsync(response, ":\n\n", ct);
                at = state.Time.GetTimestamp();
            }
        }
        while (await timer.WaitForNextTickAsync(ct));
    }

    private static async Task WriteAsync(HttpResponse response, string text, CancellationToken ct)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(WriteTimeout);
        await response.WriteAsync(text, timeout.Token);
        await response.Body.FlushAsync(timeout.Token);
    }
}
