using System.Text.RegularExpressions;

namespace MimeKit.Utils;

/// <summary>The charset of a text that names none that is known: byte order mark, HTML's own word, UTF-8, ISO-8859-1.</summary>
internal static partial class CharsetDetector
{
    private const int MaxSniffedOctets = 1024;
    private const int MatchTimeoutMilliseconds = 1000;
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.ExplicitCapture;

    public static Encoding Detect(ReadOnlySpan<byte> octets, bool isHtml) =>
        FromByteOrderMark(octets)
        ?? (isHtml ? FromHtml(octets) : null)
        ?? (Utf8.IsValid(octets) ? Encoding.UTF8 : Encoding.Latin1);

    private static Encoding? FromByteOrderMark(ReadOnlySpan<byte> octets) => octets switch
    {
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8,
        _ => null,
    };

    /// <summary>In a meta element after the tags of html and head, at the beginning of the text and not in its body.</summary>
    private static Encoding? FromHtml(ReadOnlySpan<byte> html)
    {
        var head = Encoding.Latin1.GetString(html[..Math.Min(html.Length, MaxSniffedOctets)]);
        var depth = 0;
        foreach (Match markup in Markup().Matches(head))
        {
            depth = (markup.Groups["tag"].Value.ToUpperInvariant(), depth) switch
            {
                ("HTML", 0) => 1,
                ("HEAD", 1) => 2,
                ("BODY", _) => int.MinValue,
                _ => depth,
            };
            if (depth == 2 && FromMeta(markup.Groups["meta"].Value) is { } encoding)
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
        var charset = values["charset"].FirstOrDefault()?.Trim();
        if (charset is null && values["http-equiv"].Contains("content-type", StringComparer.OrdinalIgnoreCase)
            && ContentType.TryParse(values["content"].FirstOrDefault() ?? "", out var type))
        {
            charset = type.Charset;
        }

        return charset is null || Charset.Find(charset) is UnicodeEncoding ? null : Charset.Find(charset);
    }

    /// <summary>Comments and elements of plain text are gone over whole.</summary>
    [GeneratedRegex("""
        <!--.*?(-->|\z)|<(?<text>script|style|title|noscript|textarea|xmp|iframe|noframes)\b.*?(</\k<text>|\z)
        |</?(?<tag>html|head|body)\b[^>]*|<meta\b(?<meta>("[^"]*"|'[^']*'|[^>"'])*)>
        """, Options | RegexOptions.IgnorePatternWhitespace, MatchTimeoutMilliseconds)]
    private static partial Regex Markup();

    [GeneratedRegex("""(?<name>[^\s=/]+)\s*=\s*("(?<value>[^"]*)|'(?<value>[^']*)|(?<value>[^\s"']+))""", Options, MatchTimeoutMilliseconds)]
    private static partial Regex Attributes();
}
