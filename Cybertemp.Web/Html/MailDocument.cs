using System.Text.Encodings.Web;

namespace Cybertemp.Web.Html;

/// <summary>
/// A mail's HTML as a document of its own, for a frame that runs nothing: the sanitiser is the first wall,
/// <see cref="ContentPolicy"/> the second. Pure, thread-safe, and bounded whatever the mail holds.
/// </summary>
internal static class MailDocument
{
    private const string Style =
        """
        html{background:#fff;color:#1c1c1e;color-scheme:light}
        body{margin:0;padding:20px 24px;font:15px/1.55 Inter,system-ui,sans-serif;overflow-wrap:anywhere}
        body:has(>[style*=background],>[bgcolor],>table[width="100%"]){padding:0}
        img{max-width:100%;height:auto}pre{white-space:pre-wrap}a{color:#0b57d0}
        .cybertemp-cut{margin-top:24px;padding-top:12px;border-top:1px solid #ccc;color:#555;font:13px system-ui,sans-serif}
        """;

    private const string Cut =
        "<p class=\"cybertemp-cut\">This mail is longer than what is shown here. Its source has the rest.</p>";

    /// <summary>The whole document, as UTF-8 is to be sent.</summary>
    /// <param name="subject">The document's title.</param>
    /// <param name="html">As stored.</param>
    /// <param name="part">
    /// The octets of a part by its Content-ID, without angle brackets; empty when there is none.
    /// </param>
    /// <param name="showsRemote">Whether pictures of the web stay: only after the reader asked.</param>
    public static string Render(
        string subject, string html, Func<string, ReadOnlyMemory<byte>> part, bool showsRemote)
    {
        var (bounded, isCut) = MarkupBounds.Apply(html, showsRemote);
        var pictures = new InlinePictures(part);
        var safe = new MailSanitizer(pictures.Find, showsRemote).Sanitize(bounded);
        return $"""
            <!doctype html><html><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1"><title>{HtmlEncoder.Default.Encode(subject)}</title>
            <style>{Style}</style></head><body>
            {safe}
            {(isCut ? Cut : "")}</body></html>
            """;
    }
}
