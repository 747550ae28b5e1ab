using System.Text.Json;
using Cybertemp.Web.Access;
using Cybertemp.Web.Requests;

namespace Cybertemp.Web.Dialects.MailTm;

/// <summary>
/// mail.tm's API: an account is a private address, its token a session. A client without one sends <c>Bearer</c> with
/// nothing behind it.
/// </summary>
internal sealed class MailTmDialect(KnownReaders readers) : Dialect
{
    public override async ValueTask<Problem?> IdentifyAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var given = context.Request.Headers.Authorization.ToString();
        var secret = BearerToken.Of(given);
        if (string.IsNullOrWhiteSpace(given) || secret is "")
        {
            return null;
        }

        if (secret is null || await readers.FindAsync(secret, context.RequestAborted) is not { } reader)
        {
            return Problem.NotSignedIn;
        }

        context.SetReader(reader, secret);
        return null;
    }

    /// <summary>With the members of its servers' own errors.</summary>
    public override IResult Tell(Problem problem) => new Told(problem);

    private sealed class Told(Problem problem) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) =>
            problem.WriteAsync(httpContext, Write, MailTmAnswer.ContentType(httpContext.Request));

        private static void Write(Problem problem, Utf8JsonWriter json)
        {
            json.WriteNumber("code"u8, problem.Status);
            json.WriteString("message"u8, problem.Title);
            json.WriteString("@type"u8, "hydra:Error");
            json.WriteString("hydra:title"u8, problem.Title);
            json.WriteString("hydra:description"u8, problem.Detail);
        }
    }
}
