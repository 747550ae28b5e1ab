using Cybertemp.Web.Access;
using Cybertemp.Web.Html;
using Cybertemp.Web.Requests;

namespace Cybertemp.Web.Messages.Contents;

/// <summary>
/// <c>/v1/messages/{id}/html</c>: a document that runs nothing and fetches nothing, for a sandboxed frame.
/// </summary>
internal static class HtmlEndpoint
{
    public static async Task<IResult> GetAsync(
        string id, HttpContext context, MessageHtml messages, CancellationToken ct)
    {
        if (!MessageId.TryParse(id, out var messageId))
        {
            return Problem.MalformedId;
        }

        var showsRemote = context.Request.Query["images"] == "1";
        if (await messages.RenderAsync(context.Reader(), messageId, showsRemote, ct) is not { } html)
        {
            return Problem.NoSuchMessage;
        }

        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = showsRemote ? ContentPolicy.MailWithPictures : ContentPolicy.Mail;
        headers.CacheControl = "no-store";
        return TypedResults.Text(html, "text/html; charset=utf-8");
    }
}
