using System.Collections.Concurrent;
using System.Text;
using Cybertemp.SmtpReceiver.Smtp.Tls;
using Cybertemp.Tests.Web.Html;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cybertemp.Tests.Web.WebInbox;

/// <summary>
/// A sender's server on loopback: writes down whoever asks for anything below <c>/trap</c>, and serves documents of a
/// test's choice in frames.
/// </summary>
internal sealed class TrapServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _caught = new();
    private readonly ConcurrentDictionary<string, bool> _served = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (string Html, string Policy)> _documents =
        new(StringComparer.Ordinal);

    private TrapServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var certificate = SelfSignedCertificate.Create("localhost", TimeProvider.System);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, 0);
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.UseHttps(certificate));
        });
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>What was asked for, as <c>/trap/…</c>.</summary>
    public IReadOnlyList<string> Caught => [.. _caught.Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal)];

    /// <summary>The documents that somebody asked for.</summary>
    public ICollection<string> Served => _served.Keys;

    public Uri Address => new(_app.Urls.First(static u => u.StartsWith("http:", StringComparison.Ordinal)));

    public Uri SecureAddress => new(_app.Urls.First(static u => u.StartsWith("https:", StringComparison.Ordinal)));

    public static async Task<TrapServer> StartAsync()
    {
        var server = new TrapServer();
        await server._app.StartAsync();
        return server;
    }

    /// <summary>A way out that leads here; a script that runs asks for <c>/trap/run</c>.</summary>
    public string Bait(string way)
    {
        var run = string.Join(',', Encoding.ASCII.GetBytes(new Uri(Address, "/trap/run").ToString()));
        return way.Replace(WaysOut.Trap, new Uri(Address, "/trap").ToString(), StringComparison.Ordinal)
            .Replace(WaysOut.Run, $"fetch(String.fromCharCode({run}))", StringComparison.Ordinal);
    }

    /// <summary>Serves a document, in whatever frame asks for it.</summary>
    public void Serve(string path, string html, string policy = "") =>
        _documents[path] =
            (html, policy.Replace("frame-ancestors 'self'", "frame-ancestors *", StringComparison.Ordinal));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.ToString();
        if (_documents.TryGetValue(path, out var document))
        {
            _served[path] = true;
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers.ContentSecurityPolicy = document.Policy;
            return context.Response.WriteAsync(document.Html);
        }

        if (path.StartsWith("/trap", StringComparison.Ordinal))
        {
            _caught.Enqueue(path);
            context.Response.ContentType = "image/png";
            return context.Response.Body.WriteAsync(Mails.Picture).AsTask();
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
