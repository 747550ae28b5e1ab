using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cybertemp.Benchmarks.Webhooks;

/// <summary>
/// A server that is told of mail whose subjects are numbers: <c>/good/…</c> takes it, <c>/busy/…</c> answers 503,
/// <c>/slow/…</c> never.
/// </summary>
internal sealed class HookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly long[] _arrivals;
    private readonly int[] _times;
    private int _failed;

    private HookReceiver(int messages)
    {
        (_arrivals, _times) = (new long[messages], new int[messages]);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>Requests that were not taken.</summary>
    public int Failed => Volatile.Read(ref _failed);

    /// <summary>Requests for messages that had been taken before.</summary>
    public int Repeated => _times.Sum(static t => Math.Max(t - 1, 0));

    public Uri Url(string path) => new(new Uri(_app.Urls.Single()), path);

    public static async Task<HookReceiver> StartAsync(int messages)
    {
        var receiver = new HookReceiver(messages);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>When a message was taken first; 0 when it was not.</summary>
    public long ArrivalOf(int message) => Volatile.Read(ref _arrivals[message]);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        if (context.Request.Path.StartsWithSegments("/good", StringComparison.Ordinal))
        {
            var message = int.Parse(
                body.RootElement.GetProperty("data").GetProperty("subject").GetString()!, CultureInfo.InvariantCulture);
            Interlocked.CompareExchange(ref _arrivals[message], Stopwatch.GetTimestamp(), 0);
            Interlocked.Increment(ref _times[message]);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        Interlocked.Increment(ref _failed);
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        if (context.Request.Path.StartsWithSegments("/slow", StringComparison.Ordinal))
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
