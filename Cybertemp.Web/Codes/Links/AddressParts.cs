using System.Buffers;
using System.Text;
using Cybertemp.Web.Codes.Words;

namespace Cybertemp.Web.Codes.Links;

/// <summary>What an address carries: a token, and words of what it does.</summary>
internal sealed record AddressParts(bool IsWeb, bool HasToken, bool HasNamedToken, bool HasLongToken, string Words)
{
    private const int MaxLength = 4096;
    private const int LongToken = 16;
    private const int ShortestNamed = 3;
    private const int MaxWords = 240;

    private static readonly SearchValues<char> NoScheme = SearchValues.Create("/?#&= ");

    private static readonly string[] TokenNames =
    [
        "token", "code", "key", "hash", "sig", "ticket", "otp", "flow", "nonce", "secret", "jwt", "invit", "confirm",
        "verif", "activ", "auth", "challenge", "session", "magic", "pin", "passw",
    ];

    private static readonly string[] OtherNames =
    [
        "utm_", "lang", "locale", "email", "mail", "redirect", "return", "next", "continue", "ref", "src", "source",
        "campaign",
    ];

    /// <summary>
    /// What path and query say, but for their opaque parts: "/users/confirm-email/9f8e7d" is "users confirm email".
    /// </summary>
    public Term Terms()
    {
        var words = Words.AsSpan(0, Math.Min(Words.Length, MaxWords)).ToArray();
        for (var index = 0; index < words.Length; index++)
        {
            words[index] = char.IsLetterOrDigit(words[index]) ? words[index] : ' ';
        }

        return Vocabulary.TermsIn(new string(words));
    }

    /// <summary>Null for what is no address of a page or of an app.</summary>
    public static AddressParts? Of(string address)
    {
        var separator = address.IndexOf("://", StringComparison.Ordinal);
        if (separator <= 0 || address.Length > MaxLength || address.AsSpan(0, separator).ContainsAny(NoScheme))
        {
            return null;
        }

        var scheme = address.AsSpan(0, separator);
        var isWeb = scheme.Equals("https", StringComparison.OrdinalIgnoreCase)
            || scheme.Equals("http", StringComparison.OrdinalIgnoreCase);
        if (!isWeb && scheme is "file" or "ftp" or "data" or "webcal" or "javascript")
        {
            return null;
        }

        var rest = address.AsSpan(separator + 3);
        var slash = rest.IndexOfAny("/?#");
        return Of(isWeb, slash < 0 ? [] : rest[(isWeb ? slash : 0)..]);
    }

    private static AddressParts Of(bool isWeb, ReadOnlySpan<char> path)
    {
        var (hasToken, isNamed, isLong) = (false, false, false);
        var words = new StringBuilder();
        foreach (var range in path.SplitAny("/?#&;"))
        {
            var part = path[range].TrimEnd('=');
            var equals = part.IndexOf('=');
            var name = part[..Math.Max(equals, 0)];
            var value = part[(equals + 1)..];
            var isOpaque = IsOpaque(value);
            words.Append(name).Append(' ').Append(isOpaque ? [] : value).Append(' ');
            if (value.IsEmpty || Names(name, OtherNames))
            {
                continue;
            }

            var isToken = value.Length >= ShortestNamed && Names(name, TokenNames);
            hasToken |= isToken || isOpaque;
            isNamed |= isToken;
            isLong |= isOpaque && value.Length >= LongToken;
        }

        return new AddressParts(isWeb, hasToken, isNamed, isLong, words.ToString());
    }

    private static bool Names(ReadOnlySpan<char> name, string[] parts)
    {
        foreach (var part in parts)
        {
            if (name.Contains(part, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOpaque(ReadOnlySpan<char> value)
    {
        const int Shortest = 5;
        const int LettersAlone = 12;
        const int LongRun = 22;
        var (digits, upper, lower) = (0, 0, 0);
        foreach (var character in value)
        {
            digits += char.IsAsciiDigit(character) ? 1 : 0;
            upper += char.IsAsciiLetterUpper(character) ? 1 : 0;
            lower += char.IsAsciiLetterLower(character) ? 1 : 0;
        }

        var isRun = value.Length >= LongRun && !value.ContainsAny('-', '_', '.');
        var isMixed = digits >= 2 && (digits >= Shortest || upper + lower > 0) && !IsSlug(value, digits);
        var isShort = digits > 0 && upper > 1 && lower > 0 && value.Length > Shortest
            && !value.ContainsAny('-', '_', '.');
        var isOfLetters = value.Length >= LettersAlone && upper > 1 && lower > 1;
        return isRun || (value.Length >= Shortest && (isMixed || isShort || isOfLetters));
    }

    /// <summary>"top-10-tips-2026": words with a number among them.</summary>
    private static bool IsSlug(ReadOnlySpan<char> value, int digits) =>
        value.Count('-') + value.Count('_') >= 2 && digits <= 4 && value.Length > 12
            && !value.ContainsAnyInRange('A', 'Z');
}
