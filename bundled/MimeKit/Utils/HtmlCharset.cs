using System.Text;
using System.Text.RegularExpressions;

namespace MimeKit.Utils;

/// <summary>The charset an HTML document declares in a meta element before its body.</summary>
internal static partial class HtmlCharset
{
    private const int MaxSniffedOctets = 16 * 1024;
    private const int MatchTimeoutMilliseconds = 1000;
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.ExplicitCapture;

    public static Encoding? Find(ReadOnlySpan<byte> html)
    {
        var head = Encoding.Latin1.GetString(html[..Math.Min(html.Length, MaxSniffedOctets)]);
        foreach (Match markup in Markup().Matches(head))
        {
            if (!markup.Groups["meta"].Success)
            {
                if (markup.Groups["end"].Success)
                {
                    return null;
                }
            }
            else if (FromMeta(markup.Groups["meta"].Value) is { } encoding)
            {
                return encoding;
            }
        }

        return null;
    }

    /// <summary>charset="…", or content="text/html; charset=…" with http-equiv="content-type".</summary>
    private static Encoding? FromMeta(string attributes)
    {
        var values = Attributes().Matches(attributes).ToLookup(
            match => match.Groups["name"].Value,
            match => match.Groups["value"].Value,
            StringComparer.OrdinalIgnoreCase);
        var charset = values["charset"].LastOrDefault()?.Trim();
        if (charset is null && values["http-equiv"].Contains("content-type", StringComparer.OrdinalIgnoreCase)
            && values["content"].LastOrDefault() is { } content && ContentType.TryParse(content, out var type))
        {
            charset = type.Charset;
        }

        return charset is null ? null : Charset.Find(charset);
    }

    [GeneratedRegex("""<!--.*?(-->|\z)|<(?<end>body|/head)\b|<meta\b(?<meta>[^>]*)""", Options, MatchTimeoutMilliseconds)]
    private static partial Regex Markup();

    [GeneratedRegex("""(?<name>[^\s=/]+)\s*=\s*("(?<value>[^"]*)|'(?<value>[^']*)|(?<value>[^\s"']+))""", Options, MatchTimeoutMilliseconds)]
    private static partial Regex Attributes();
}
