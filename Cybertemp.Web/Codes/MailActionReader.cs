using Cybertemp.Web.Codes.Html;
using Cybertemp.Web.Codes.Links;
using Cybertemp.Web.Codes.Pages;
using Cybertemp.Web.Codes.Scoring;

namespace Cybertemp.Web.Codes;

/// <summary>
/// Finds the one-time code and the action link of a mail, and rather none than a wrong one. Looks at a bounded part of
/// it; the work is linear in that. Stateless; thread-safe; never throws.
/// </summary>
internal static class MailActionReader
{
    private const char NoSubject = '|';
    private const int MaxSubjectLength = 1000;
    private const int TextOverHtml = 2;

    public static MailAction Read(string subject, string text, string html, string from)
    {
        if (string.IsNullOrWhiteSpace(html))
        {
            return Read(PageOf(subject, text, isHtml: false, from), from);
        }

        var page = PageOf(subject, html, isHtml: true, from);
        var seen = Read(page, from);
        if (seen.Code is not null || seen.Link is not null || text.Length < page.Text.Length * TextOverHtml)
        {
            return seen;
        }

        // The HTML shows pictures or nothing. What it hides is not news even so.
        var other = Read(PageOf(subject, text, isHtml: false, from), from);
        return new MailAction(Missing(other.Code, html), Missing(other.Link, html));
    }

    private static MailAction Read(Page page, string from)
    {
        var code = CodePicker.Pick(page, from);
        return new MailAction(code, LinkPicker.Pick(page, code));
    }

    private static Page PageOf(string subject, string body, bool isHtml, string from)
    {
        var page = new PageText();
        page.Write(subject.AsSpan(0, Math.Min(subject.Length, MaxSubjectLength)), isPreformatted: false);
        if (page.Length == 0)
        {
            page.Write(NoSubject, isPreformatted: false);
        }

        page.BreakLine();
        if (isHtml)
        {
            HtmlPage.Write(page, body);
        }
        else
        {
            PlainText.Write(page, body);
        }

        return Page.Of(page, from);
    }

    private static string? Missing(string? found, string html) =>
        found is not null && html.Contains(found, StringComparison.Ordinal) ? null : found;
}
