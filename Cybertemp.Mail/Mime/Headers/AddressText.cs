using System.Buffers;
using System.Globalization;

namespace Cybertemp.Mail.Mime.Headers;

/// <summary>Addresses in text of any kind: what stands around an at sign.</summary>
internal static class AddressText
{
    private static readonly SearchValues<char> AtSigns = SearchValues.Create("@\uFF20");
    private static readonly SearchValues<char> LocalPartEnds = SearchValues.Create(" \t<>()[],;:\"\\@\uFF20");
    private static readonly IdnMapping Idn = new() { AllowUnassigned = true };

    /// <summary>The first address from <paramref name="start"/> on; blanks may stand beside its at sign.</summary>
    public static bool TryFind(ReadOnlySpan<char> text, int start, out Range address)
    {
        for (; start < text.Length && text[start..].IndexOfAny(AtSigns) is var next and >= 0; start += next + 1)
        {
            var local = LocalPartStart(text[..(start + next)], start);
            var end = DomainEnd(text, start + next + 1);
            if (local < start + next && end > start + next + 1)
            {
                var isQuoted = text[local] == '\'' && end < text.Length && text[end] == '\'';
                address = (isQuoted ? local + 1 : local)..end;
                return true;
            }
        }

        address = default;
        return false;
    }

    /// <summary>Without blanks and the dot at the end; A-labels are shown as U-labels.</summary>
    public static string Clean(ReadOnlySpan<char> address)
    {
        address = address.TrimEnd('.');
        var at = address.LastIndexOfAny(AtSigns);
        var domain = address[(at + 1)..];
        if (!domain.ContainsAny(' ', '\t') && !domain.Contains("xn--", StringComparison.Ordinal) && address[at] == '@'
            && address[at - 1] is not (' ' or '\t'))
        {
            return address.ToString();
        }

        var name = string.Concat(domain.ToString().Split([' ', '\t']));
        var shown = name.Contains("xn--", StringComparison.Ordinal) ? ToUnicode(name) : name;
        return $"{address[..at].TrimEnd()}@{shown}";
    }

    /// <summary>A quoted-string, or all up to a character that no local part has.</summary>
    private static int LocalPartStart(ReadOnlySpan<char> before, int start)
    {
        var end = before.TrimEnd(" \t").Length;
        if (end > start && before[end - 1] == '"' && before[start..(end - 1)].LastIndexOf('"') is var quote and >= 0)
        {
            return start + quote;
        }

        var local = end <= start ? end : start + before[start..end].LastIndexOfAny(LocalPartEnds) + 1;
        return local < end ? local : before.Length;
    }

    private static int DomainEnd(ReadOnlySpan<char> text, int start)
    {
        start = SkipBlanks(text, start);
        if (start < text.Length && text[start] == '[')
        {
            var close = text[start..].IndexOf(']');
            return close < 0 ? start : start + close + 1;
        }

        var end = LabelsEnd(text, start);
        while (SkipBlanks(text, end) is var dot && dot > end && dot < text.Length && text[dot] == '.')
        {
            end = LabelsEnd(text, SkipBlanks(text, dot + 1));
        }

        return end;
    }

    private static int LabelsEnd(ReadOnlySpan<char> text, int start)
    {
        while (start < text.Length && IsOfDomain(text[start]))
        {
            start++;
        }

        return start;
    }

    private static bool IsOfDomain(char character) => char.IsLetterOrDigit(character) || character is '-' or '.' or '_'
        || (character > 127 && !char.IsWhiteSpace(character) && character != '\uFF20');

    private static int SkipBlanks(ReadOnlySpan<char> text, int start)
    {
        while (start < text.Length && text[start] is ' ' or '\t')
        {
            start++;
        }

        return start;
    }

    private static string ToUnicode(string domain)
    {
        try
        {
            return Idn.GetUnicode(domain);
        }
        catch (ArgumentException)
        {
            return domain;
        }
    }
}
