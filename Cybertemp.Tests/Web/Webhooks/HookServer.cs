using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cybertemp.Tests.Web.Webhooks;

/// <summary>
/// Somebody's server on loopback that is told of mail. Each path is a webhook, which answers as a test says.
/// </summary>
internal sealed class HookServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<HookRequest> _requests = new();
    private int _active;

    private HookServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public IReadOnlyList<HookRequest> Requests => [.. _requests];

    /// <summary>The most requests that were under way at once.</summary>
    public int MostAtOnce { get; private set; }

    public Uri Url(string path) => new(new Uri(_app.Urls.Single()), path);

    public static async Task<HookServer> StartAsync()
    {
        var server = new HookServer();
        await server._app.StartAsync();
        return server;
    }

    /// <summary>From now on; 204 otherwise.</summary>
    public void Answer(string path, Func<HttpContext, Task> answer) => _answers[path] = answer;

    public void Answer(string path, int status) => Answer(path, context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    });

    /// <summary>Never, from now on.</summary>
    public void Hang(string path) => Answer(
        path, static context => Task.Delay(Timeout.Infinite, context.RequestAborted));

    /// <summary>The subjects that a path was told of, in their order.</summary>
    public string[] Subjects(string path) =>
        [.. _requests.Where(r => r.Path == path).Select(static r => (string)r.Json["data"]!["subject"]!)];

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var path = context.Request.Path.ToString();
        _requests.Enqueue(new HookRequest(
            path,
            context.Request.Headers.ToDictionary(
                static h => h.Key, static h => $"{h.Value}", StringComparer.OrdinalIgnoreCase),
            body.ToArray()));
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _active));
        try
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            if (_answers.TryGetValue(path, out var answer))
            {
                await answer(context);
            }
        }
        catch (OperationCanceledException)
        {
            // The one who told has given up.
        }
        finally
        {
            Interlocked.Decrement(ref _active);
        }
    }
}
