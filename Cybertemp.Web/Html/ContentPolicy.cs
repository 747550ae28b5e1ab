namespace Cybertemp.Web.Html;

/// <summary>What a browser may do with what it gets from here, as Content-Security-Policy.</summary>
internal static class ContentPolicy
{
    /// <summary>Of a mail's HTML: the second wall. Its frame has the same sandbox.</summary>
    public const string Mail =
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
        + "img-src data:; font-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

    /// <summary>The same after the reader asked for pictures of the web.</summary>
    public const string MailWithPictures =
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
        + "img-src data: https:; font-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

    /// <summary>Of the page: its own files only, nothing inline, framed by nobody.</summary>
    public const string Page =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
}
