using System.Buffers;
using Cybertemp.Web.Codes.Words;

namespace Cybertemp.Web.Codes.Pages;

/// <summary>
/// Finds where an earlier mail is quoted: below "... wrote:", below a rule that says so, or below its header.
/// </summary>
internal static class QuotedMail
{
    private const int HeaderLines = 6;
    private const int HeaderNames = 3;

    private static readonly SearchValues<char> OfDateOrAddress = SearchValues.Create("@0123456789");

    /// <summary>The start of the quoted mail, or the length of the page.</summary>
    public static int StartIn(Page page)
    {
        for (var index = 1; index < page.Lines.Count; index++)
        {
            var line = page.Lines[index];
            if (Introduces(page, line) || IsRule(page, line) || IsHeader(page, index))
            {
                return line.Start;
            }
        }

        return page.Text.Length;
    }

    /// <summary>Whether a line ends with "wrote:" behind a date or an address.</summary>
    public static bool Introduces(Page page, Line line)
    {
        var text = page.Text.AsSpan(line.Start, line.Length).TrimEnd();
        return text is [.., ':' or '：'] && text.Length < 250 && page.TermsIn(line.Start, line.End).Has(Term.Wrote)
            && text.ContainsAny(OfDateOrAddress);
    }

    private static bool IsRule(Page page, Line line)
    {
        var text = page.Text.AsSpan(line.Start, line.Length).Trim();
        return text.Length < 80 && (text.StartsWith("--") || text.StartsWith("__") || text.StartsWith("=="))
            && page.TermsIn(line.Start, line.End).Has(Term.Wrote | Term.Header | Term.Reply);
    }

    private static bool IsHeader(Page page, int first)
    {
        if (!NamesField(page, page.Lines[first]))
        {
            return false;
        }

        var (names, hasAddress) = (0, false);
        for (var index = first; index < page.Lines.Count && index < first + HeaderLines; index++)
        {
            var line = page.Lines[index];
            names += NamesField(page, line) ? 1 : 0;
            hasAddress |= page.Text.AsSpan(line.Start, line.Length).Contains('@');
        }

        return names >= HeaderNames && hasAddress;
    }

    private static bool NamesField(Page page, Line line)
    {
        var index = page.TermFrom(line.Start);
        return index < page.Terms.Count && page.Terms[index].Start < Math.Min(line.Start + 4, line.End)
            && page.Terms[index].Is(Term.Header)
            && page.Text.AsSpan(line.Start, Math.Min(line.Length, 40)).Contains(':');
    }
}
