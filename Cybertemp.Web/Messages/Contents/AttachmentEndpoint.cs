using System.Globalization;
using Cybertemp.Web.Access;
using Cybertemp.Web.Messages.Answers;
using Cybertemp.Web.Requests;
using Microsoft.Net.Http.Headers;

namespace Cybertemp.Web.Messages.Contents;

/// <summary><c>/v1/messages/{id}/attachments/{index}</c>.</summary>
internal static class AttachmentEndpoint
{
    private static readonly string[] ShownTypes = ["image/png", "image/jpeg", "image/gif", "image/webp"];

    public static async Task<IResult> GetAsync(
        string id, string index, HttpContext context, MessageReads messages, AttachmentReads attachments,
        AttachmentDownloads downloads, CancellationToken ct)
    {
        if (!MessageId.TryParse(id, out var messageId))
        {
            return Problem.MalformedId;
        }

        if (await messages.FindAttachmentsAsync(context.Reader(), messageId, ct) is not { } listed)
        {
            return Problem.NoSuchMessage;
        }

        return int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            && place < listed.Count
            ? await downloads.HoldAsync(context, listed[place].SizeBytes, SendAsync)
            : Problem.NoSuchAttachment;

        async Task<IResult> SendAsync()
        {
            if (await attachments.ReadAsync(context.Reader(), messageId, place, ct) is not { } octets)
            {
                return Problem.NoSuchAttachment;
            }

            Describe(context.Response, listed[place]);
            context.Response.ContentLength = octets.Length;
            await context.Response.Body.WriteAsync(octets, ct);
            return TypedResults.Empty;
        }
    }

    /// <summary>What a browser may show is shown; the rest is saved, and nothing runs.</summary>
    private static void Describe(HttpResponse response, MessageAttachment attachment)
    {
        var type = MediaTypeHeaderValue.TryParse(attachment.ContentType, out var parsed)
            ? parsed.MediaType.ToString().ToLowerInvariant()
            : "application/octet-stream";
        var disposition = new ContentDispositionHeaderValue(ShownTypes.Contains(type) ? "inline" : "attachment");
        disposition.SetHttpFileName(attachment.Name);
        response.ContentType = type;
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
    }
}
