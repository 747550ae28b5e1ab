using System.Buffers;
using System.Globalization;
using Cybertemp.Web.Codes.Pages;
using Cybertemp.Web.Codes.Words;

namespace Cybertemp.Web.Codes.Numbers;

/// <summary>Finds what has digits, and words that may be codes by their letters, in the order of the page.</summary>
internal sealed class NumberFinder
{
    private const int MaxNumbers = 400;

    private static readonly SearchValues<char> CapitalsAndDash = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ-");
    private static readonly SearchValues<char> Uncommon =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ\n\t");

    private readonly Page _page;
    private readonly List<Number> _numbers = [];

    private NumberFinder(Page page) => _page = page;

    public static List<Number> In(Page page)
    {
        var finder = new NumberFinder(page);
        finder.Find();
        return GroupJoiner.Join(page, finder._numbers);
    }

    private void Find()
    {
        var text = _page.Text.AsSpan(0, _page.End);
        for (var index = 0; index < text.Length && _numbers.Count < MaxNumbers;)
        {
            if (!IsOfToken(text[index]))
            {
                index++;
                continue;
            }

            var end = EndOfToken(text, index, out var hasDigit);
            if (hasDigit || MayBeLettersCode(text[index..end], index, end))
            {
                Add(index, end, hasDigit);
            }

            index = _page.IsUniform ? SkipCommonWords(text, end) : end;
        }
    }

    /// <summary>
    /// Where looks are the same throughout, a word of small letters within a line is no code: the start of the next
    /// token with something else in it, or of the next line.
    /// </summary>
    private static int SkipCommonWords(ReadOnlySpan<char> text, int start)
    {
        var found = text[start..].IndexOfAny(Uncommon);
        if (found < 0)
        {
            return text.Length;
        }

        var next = start + found;
        if (text[next] is '\n' or '\t')
        {
            return next + 1;
        }

        while (next > start && text[next - 1] != ' ')
        {
            next--;
        }

        return next;
    }

    private static int EndOfToken(ReadOnlySpan<char> text, int start, out bool hasDigit)
    {
        hasDigit = false;
        var end = start;
        while (end < text.Length && (IsOfToken(text[end]) || IsJoint(text, end)))
        {
            hasDigit |= char.IsAsciiDigit(text[end]);
            end++;
        }

        return end;
    }

    private static bool IsOfToken(char character) =>
        char.IsAsciiLetterOrDigit(character) || (character is > '\x7f' and < '\u0590' && char.IsLetter(character));

    /// <summary>
    /// Whether a sign between two characters keeps them one token: a decimal point, a dash, the sign of an address.
    /// </summary>
    private static bool IsJoint(ReadOnlySpan<char> text, int index)
    {
        if (text[index] is ' ' or '\n' || index + 1 >= text.Length || !IsOfToken(text[index + 1])
            || !IsOfToken(text[index - 1]))
        {
            return false;
        }

        var isBetweenDigits = char.IsAsciiDigit(text[index - 1]) && char.IsAsciiDigit(text[index + 1]);
        return text[index] switch
        {
            '-' or '/' or '@' or '_' or '=' or '&' or '+' or '~' => true,
            '.' => isBetweenDigits || char.IsAsciiLetterLower(text[index + 1]),
            ',' or ':' or '\'' => isBetweenDigits,
            _ => false,
        };
    }

    private void Add(int start, int end, bool hasDigit)
    {
        var equals = _page.Text.AsSpan(start, end - start).IndexOf('=');
        start += equals > 0 && IsBehindName(start + equals) ? equals + 1 : 0;
        var token = _page.Text.AsSpan(start, end - start);
        token = token[..TokenShape.LengthWithoutEnding(token)];
        var shape = IsPartOfOther(start, start + token.Length) ? Shape.Other : TokenShape.Of(token);
        if (hasDigit || token.Length == 1 || shape is not Shape.Other)
        {
            _numbers.Add(new Number(start, start + token.Length, shape, shape is Shape.Other ? "" : token.ToString()));
        }
    }

    /// <summary>
    /// A word is looked at only where it stands out: alone on its line, in type of its own, or in groups.
    /// </summary>
    private bool MayBeLettersCode(ReadOnlySpan<char> token, int start, int end)
    {
        if (token.Length is < TokenShape.MinLength or > TokenShape.MaxLength + 2)
        {
            return token.Length == 1 && char.IsAsciiLetterUpper(token[0]) && (IsSingle(start - 2) || IsSingle(end + 1));
        }

        if (char.IsAsciiLetterUpper(token[0]) && char.IsAsciiLetterLower(token[1]))
        {
            return false;
        }

        var isAlone = (start == 0 || _page.Text[start - 1] is '\n' or '\t')
            && (end == _page.Text.Length || _page.Text[end] is '\n' or '\t');
        var isUpper = !token.ContainsAnyExcept(CapitalsAndDash);
        return isAlone || isUpper || _page.LooksAt(start).Has(Looks.Mono | Looks.Bold);
    }

    /// <summary>Whether a capital or a digit stands there by itself.</summary>
    private bool IsSingle(int index)
    {
        bool IsCapital(int at) => at >= 0 && at < _page.Text.Length && char.IsAsciiLetterOrDigit(_page.Text[at]);
        return IsCapital(index) && !char.IsAsciiLetterLower(_page.Text[index]) && !IsCapital(index - 1)
            && !IsCapital(index + 1);
    }

    /// <summary>Signs beside the token that make it a price, a share, a phone number, a masked card.</summary>
    private bool IsPartOfOther(int start, int end)
    {
        var before = start > 0 ? _page.Text[start - 1] : ' ';
        var after = end < _page.Text.Length ? _page.Text[end] : ' ';
        return before is '+' or '*' or '•' or '…' or '.' or '@' or '/' or '©' or '$' or '\'' or '~'
            || (before == '=' && !IsBehindName(start - 1))
            || (before == '-' && start > 1 && IsMask(_page.Text[start - 2]))
            || after is '#' or '%' or '‰' or '*' or '•' or '@' or '°' or '$' or '/' or '_' or '='
            || IsCurrency(before) || IsCurrency(after)
            || (before == ' ' && start > 1
            && (IsCurrency(_page.Text[start - 2]) || _page.Text[start - 2] is '•' or '*' or '©' or '+'))
            || (before == ' ' && start > 1 && _page.Text[start - 2] == '=' && !IsBehindName(start - 2))
            || (before == ' ' && start > 2 && _page.Text[start - 2] == ')' && char.IsAsciiDigit(_page.Text[start - 3]))
            || (after == ' ' && end + 1 < _page.Text.Length
            && (IsCurrency(_page.Text[end + 1]) || _page.Text[end + 1] is '%' or '•'));
    }

    /// <summary>"OTP=482913", "OTP = 482913": what stands before the sign names no setting.</summary>
    private bool IsBehindName(int equals)
    {
        var term = _page.TermFrom(equals) - 1;
        return term >= 0 && _page.Terms[term].Is(Term.Strong) && _page.Terms[term].End >= equals - 1
            && !_page.Text.AsSpan(_page.Terms[term].Start, equals - _page.Terms[term].Start).Contains('\n');
    }

    private static bool IsMask(char character) => character is '*' or '•' or '…' or '.';

    private static bool IsCurrency(char character) =>
        char.GetUnicodeCategory(character) is UnicodeCategory.CurrencySymbol;
}
