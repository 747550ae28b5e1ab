using System.Buffers;
using System.Net;

namespace Cybertemp.Mail.Mime.Html;

/// <summary>
/// The addresses of what HTML shows: values of attributes and of <c>url(…)</c>. Looked for when first asked.
/// </summary>
internal sealed class HtmlReferences(string html)
{
    private static readonly SearchValues<char> ValueEnds = SearchValues.Create(" \t\r\n>)");

    private const int MaxReferences = 4096;
    private const int MaxLength = 2048;

    private static readonly string[] Attributes = ["src", "href", "background", "data", "poster"];

    private HashSet<string>? _references;

    /// <summary>"%40" and "@" are the same in a URL (RFC 2392 §2), as "cid:" and "CID:" are.</summary>
    public bool Contains(string url) => (_references ??= Find()).Contains(Normalize(url));

    private HashSet<string> Find()
    {
        var references = new HashSet<string>(StringComparer.Ordinal);
        var rest = html.AsSpan();
        while (references.Count < MaxReferences && rest.IndexOfAny('=', '(') is var mark and >= 0)
        {
            var isReference = rest[mark] == '='
                ? EndsWithAny(rest[..mark].TrimEnd(), Attributes)
                : rest[..mark].EndsWith("url", StringComparison.OrdinalIgnoreCase);
            rest = rest[(mark + 1)..];
            if (isReference)
            {
                references.Add(Normalize(Value(rest).ToString()));
            }
        }

        return references;
    }

    private static bool EndsWithAny(ReadOnlySpan<char> text, string[] ends)
    {
        foreach (var end in ends)
        {
            if (text.EndsWith(end, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<char> Value(ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, MaxLength)].TrimStart();
        var isQuoted = text is ['"' or '\'', ..];
        var end = isQuoted ? text[1..].IndexOf(text[0]) + 1 : text.IndexOfAny(ValueEnds);
        return text[(isQuoted ? 1 : 0)..(end > 0 ? end : text.Length)];
    }

    private static string Normalize(string url)
    {
        url = Uri.UnescapeDataString(WebUtility.HtmlDecode(url.Trim()));
        return url.StartsWith("cid:", StringComparison.OrdinalIgnoreCase) ? $"cid:{url[4..].Trim()}" : url;
    }
}
