using System.Collections.Concurrent;
using System.Net.Mail;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cybertemp.Tests.AppHost;

/// <summary>An application that somebody signs up at: it mails a code and wants it back.</summary>
internal sealed class SignUpApp : IAsyncDisposable
{
    private const string SignUpPage = """
        <form method="post" action="/sign-up"><label>E-mail <input name="email"></label><button>Sign up</button></form>
        """;

    private readonly ConcurrentDictionary<string, string> _codes = new(StringComparer.Ordinal);
    private readonly WebApplication _app;
    private readonly int _smtpPort;

    private SignUpApp(WebApplication app, int smtpPort) => (_app, _smtpPort) = (app, smtpPort);

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Starts it on a free port.</summary>
    /// <param name="smtpPort">Where it sends its mail.</param>
    public static async Task<SignUpApp> StartAsync(int smtpPort)
    {
        var builder = WebApplication.CreateSlimBuilder();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var shop = new SignUpApp(app, smtpPort);
        app.MapGet("/", static () => Page(SignUpPage));
        app.MapPost("/sign-up", shop.SignUpAsync);
        app.MapPost("/confirm", shop.ConfirmAsync);
        await app.StartAsync();
        return shop;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static ContentHttpResult Page(string body) => TypedResults.Text(body, "text/html; charset=utf-8");

    private async Task<IResult> SignUpAsync(HttpRequest request)
    {
        var email = (await request.ReadFormAsync())["email"].ToString();
        var code = RandomNumberGenerator.GetString("123456789", 6);
        _codes[email] = code;
        using var client = new SmtpClient("127.0.0.1", _smtpPort);
        await client.SendMailAsync(
            "shop@shop.example", email, "Confirm your address", $"Your verification code is {code}.");
        return Page($"""
            <form method="post" action="/confirm"><input type="hidden" name="email" value="{email}">
            <label>Code <input name="code"></label><button>Confirm</button></form>
            """);
    }

    private async Task<IResult> ConfirmAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        return _codes.TryGetValue(form["email"].ToString(), out var code) && code == form["code"]
            ? Page("<p>Welcome</p>")
            : TypedResults.StatusCode(StatusCodes.Status403Forbidden);
    }
}
