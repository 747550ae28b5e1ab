using System.Text.Json;
using Cybertemp.Web.Access;
using Cybertemp.Web.Requests;

namespace Cybertemp.Web.Dialects.Cybertemp;

/// <summary>
/// The API of the Rust server. A key is in <c>X-API-KEY</c>, with or without <c>Bearer</c> before it, or in
/// <c>Authorization</c>; without one everything public works. An operator's key and a session open what they open
/// elsewhere.
/// </summary>
internal sealed class CybertempDialect(KnownReaders readers) : Dialect
{
    private const string Scheme = "Bearer ";

    private static readonly Problem WrongKey = new(
        401, "invalid-api-key", "Invalid API key", "It is none of Web:ApiKeys, or a session that has ended.");

    public override async ValueTask<Problem?> IdentifyAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        foreach (var given in (string[])[.. headers["X-API-KEY"]!, .. headers.Authorization!])
        {
            var secret = given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? given[Scheme.Length..] : given;
            if (secret.Trim() is not { Length: > 0 } key)
            {
                continue;
            }

            if (await readers.FindAsync(key, context.RequestAborted) is { } reader)
            {
                context.SetReader(reader, key);
            }
            else if (!readers.IsApiKey(key))
            {
                return WrongKey;
            }
        }

        return null;
    }

    /// <summary>With the members that those clients look at.</summary>
    public override IResult Tell(Problem problem) => new Told(problem);

    private sealed class Told(Problem problem) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) =>
            problem.WriteAsync(httpContext, Write, Problem.ContentType);

        private static void Write(Problem problem, Utf8JsonWriter json)
        {
            json.WriteString("code"u8, problem.Code.ToUpperInvariant().Replace('-', '_'));
            json.WriteString("error"u8, problem.Title);
        }
    }
}
