using System.Text;
using Cybertemp.Web.Access;
using Cybertemp.Web.Requests;

namespace Cybertemp.Web.Dialects.Mailpit;

/// <summary>
/// Mailpit's API, its reading part: all mail is one mailbox, for operators. The operator's key is a bearer token, or
/// the password of any user (RFC 7617).
/// </summary>
internal sealed class MailpitDialect(KnownReaders readers) : Dialect
{
    private static readonly Problem NoKey = new(
        401, "operators-only", "This is for operators",
        "Authorization: Bearer with the key of Web:OperatorKey, or Basic with any user and the key as password.");

    public override async ValueTask<Problem?> IdentifyAsync(HttpContext context)
    {
        if (Secret(context.Request.Headers.Authorization.ToString()) is { } secret
            && await readers.FindAsync(secret, context.RequestAborted) is { Kind: ReaderKind.Operator } reader)
        {
            context.SetReader(reader, secret);
            context.Response.Headers.CacheControl = "no-store";
            return null;
        }

        context.Response.Headers.WWWAuthenticate = "Basic realm=\"Cybertemp\", charset=\"UTF-8\"";
        return NoKey;
    }

    private static string? Secret(string authorization) => authorization.Split(' ', 2) switch
    {
        [var scheme, var token] when Is(scheme, "Bearer") => token.Trim(),
        [var scheme, var credentials] when Is(scheme, "Basic") => Password(credentials.Trim()),
        _ => null,
    };

    private static bool Is(string scheme, string name) => scheme.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static string? Password(string credentials)
    {
        var octets = new byte[credentials.Length];
        if (!Convert.TryFromBase64String(credentials, octets, out var length))
        {
            return null;
        }

        var userAndPassword = Encoding.UTF8.GetString(octets, 0, length);
        var colon = userAndPassword.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : userAndPassword[(colon + 1)..];
    }
}
