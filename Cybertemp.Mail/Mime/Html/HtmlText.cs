using System.Buffers;
using System.Collections.Frozen;
using System.Net;

namespace Cybertemp.Mail.Mime.Html;

/// <summary>
/// HTML as readable plain text: paragraphs, lists, quotes, table rows on lines, links as "text (url)", the text of
/// images; nothing of script and style. One pass, no tree, bounded output.
/// </summary>
internal ref struct HtmlText
{
    private const int MaxUrlLength = 4096;

    /// <summary>
    /// Their content is not read. What is self-closed or never closed has none, but for script and style.
    /// </summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Skipped =
        Names("script", "style", "title", "template", "noembed", "noframes", "iframe", "svg");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Paragraphs =
        Names("p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "pre", "dl", "hr");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Blocks = Names(
        "div", "tr", "section", "article", "header", "footer", "nav", "aside", "main", "address", "form", "fieldset",
        "dt", "dd", "figure", "figcaption", "center", "body", "caption", "option", "br");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> UselessSchemes =
        Names("javascript", "vbscript", "data", "cid", "blob", "about", "file");

    private static readonly SearchValues<char> WhiteSpace = SearchValues.Create(" \t\r\n");

    private readonly TextLayout _layout;
    private HashSet<string>? _unclosed;
    private ReadOnlySpan<char> _url;
    private int _linkStart;

    private HtmlText(TextLayout layout)
    {
        _layout = layout;
        _url = [];
    }

    public static string Of(string html, int maxLength)
    {
        var text = new HtmlText(new TextLayout(maxLength));
        text.Render(html);
        return text._layout.ToString();
    }

    private void Render(string html)
    {
        var tokenizer = new HtmlTokenizer(html);
        while (!_layout.IsFull && tokenizer.TryRead())
        {
            if (!tokenizer.Text.IsEmpty)
            {
                _layout.Write(Decode(tokenizer.Text));
            }
            else if (!tokenizer.Tag.IsEnd && Skipped.Contains(tokenizer.Tag.Name))
            {
                Skip(ref tokenizer);
            }
            else
            {
                Render(tokenizer.Tag);
            }
        }

        EndLink();
        _layout.EndRow();
    }

    /// <summary>An element without an end tag is looked for once: each time would be to the end.</summary>
    private void Skip(ref HtmlTokenizer tokenizer)
    {
        var tag = tokenizer.Tag;
        if (tag.IsSelfClosed || _unclosed?.Contains(tag.Name.ToString()) == true || tokenizer.TrySkipElement(tag.Name))
        {
            return;
        }

        if (tag.Is("script") || tag.Is("style"))
        {
            tokenizer.SkipAll();
        }

        (_unclosed ??= new HashSet<string>(StringComparer.OrdinalIgnoreCase)).Add(tag.Name.ToString());
    }

    private void Render(HtmlTag tag)
    {
        if (tag.Is("tr") || tag.Is("table"))
        {
            _layout.EndRow();
        }

        if (Paragraphs.Contains(tag.Name))
        {
            _layout.BreakParagraph();
            _layout.IsPreformatted = tag.Is("pre") ? !tag.IsEnd : _layout.IsPreformatted;
            if (tag.Is("hr") && !tag.IsEnd)
            {
                _layout.Write("---");
                _layout.BreakParagraph();
            }
        }
        else if (Blocks.Contains(tag.Name))
        {
            _layout.BreakLine(isForced: tag.Is("br"));
        }
        else if (tag.Is("td") || tag.Is("th"))
        {
            _layout.SeparateCell(isEnd: tag.IsEnd);
        }
        else if (tag.Is("ul") || tag.Is("ol") || tag.Is("li") || tag.Is("blockquote"))
        {
            RenderNesting(tag);
        }
        else
        {
            RenderInline(tag);
        }
    }

    private readonly void RenderNesting(HtmlTag tag)
    {
        if (tag.Is("li"))
        {
            _layout.StartItem(isEnd: tag.IsEnd);
        }
        else if (tag.Is("blockquote"))
        {
            _layout.Quote(isEnd: tag.IsEnd);
        }
        else if (tag.IsEnd)
        {
            _layout.EndList();
        }
        else
        {
            _layout.StartList(isOrdered: tag.Is("ol"));
        }
    }

    private void RenderInline(HtmlTag tag)
    {
        if (tag.Is("a"))
        {
            EndLink();
            if (!tag.IsEnd)
            {
                _url = Url(tag.Attribute("href"));
                _linkStart = _layout.Length;
            }
        }
        else if (tag.Is("img"))
        {
            var text = Decode(tag.Attribute("alt")).Trim();
            _layout.Write(text.IsEmpty ? "" : $"[{text}]");
        }
    }

    /// <summary>Nothing is added to a text that is the address already.</summary>
    private void EndLink()
    {
        if (!_url.IsEmpty && !_layout.HasSince(_linkStart, MaxUrlLength, BareUrl(_url)))
        {
            var needsBlank = _layout.NeedsBlank;
            _layout.Write(_layout.Length > _linkStart ? " (" : "(");
            _layout.Write(_url);
            _layout.Write(")");
            _layout.NeedsBlank = needsBlank;
        }

        _url = [];
    }

    private static ReadOnlySpan<char> BareUrl(ReadOnlySpan<char> url)
    {
        var authority = url.IndexOf("//");
        var start = authority >= 0 ? authority + 2
            : url.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? 0
            : url.IndexOf(':') + 1;
        return url[start..].TrimEnd('/');
    }

    private static ReadOnlySpan<char> Url(ReadOnlySpan<char> reference)
    {
        var url = Decode(reference).Trim();
        url = url.ContainsAny(WhiteSpace) ? string.Concat(url.ToString().Split([' ', '\t', '\r', '\n'])) : url;
        return url.Length <= MaxUrlLength && IsUseful(url) ? url : [];
    }

    /// <summary>It leads somewhere, when it is followed outside of the mail.</summary>
    private static bool IsUseful(ReadOnlySpan<char> url)
    {
        var scheme = url.IndexOfAny(":/?#");
        return scheme < 0 || url[scheme] != ':'
            ? url.StartsWith("//") || url.StartsWith("www.", StringComparison.OrdinalIgnoreCase)
            : !UselessSchemes.Contains(url[..scheme])
                && (url[scheme..].StartsWith("://") || url.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)
                    || url.StartsWith("tel:", StringComparison.OrdinalIgnoreCase)
                        || url.StartsWith("sms:", StringComparison.OrdinalIgnoreCase));
    }

    private static ReadOnlySpan<char> Decode(ReadOnlySpan<char> text) =>
        text.Contains('&') ? WebUtility.HtmlDecode(text.ToString()) : text;

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Names(params string[] names) =>
        names.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
