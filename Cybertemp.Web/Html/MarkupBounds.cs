using System.Collections.Frozen;
using System.Net;
using System.Text;
using Cybertemp.Web.Codes.Html;

namespace Cybertemp.Web.Html;

/// <summary>
/// Writes a mail's HTML anew: allowed tags only, balanced, every value quoted, bounded in size, depth and number. What
/// a parser makes of it is then what is written here, and costs no more than these bounds. One pass; not thread-safe.
/// </summary>
internal sealed class MarkupBounds
{
    /// <summary>Gmail shows the first 102 KB of a mail.</summary>
    private const int MaxCharacters = 1_000_000;

    private const int MaxTags = 20_000;

    /// <summary>Characters of style sheets and of style attributes, which cost more than others.</summary>
    private const int MaxStyle = 256 * 1024;

    /// <summary>Characters of a value; only pictures within the mail are longer.</summary>
    private const int MaxValue = 4096;

    /// <summary>Characters of all pictures that stand in values.</summary>
    private const int MaxPictures = 4 * 1024 * 1024;

    private const int MaxAttributes = 32;

    private readonly bool _keepsImages;
    private readonly StringBuilder _output = new();
    private readonly OpenElements _open;
    private int _tags;
    private int _style;
    private int _pictures;

    private MarkupBounds(bool keepsImages)
    {
        _keepsImages = keepsImages;
        _open = new OpenElements(_output);
    }

    /// <summary>The HTML within bounds, and whether it is only the beginning of the mail.</summary>
    public static (string Html, bool IsCut) Apply(ReadOnlySpan<char> html, bool keepsImages)
    {
        var bounds = new MarkupBounds(keepsImages);
        var isCut = bounds.Write(html);
        return (bounds._output.ToString(), isCut);
    }

    private bool Write(ReadOnlySpan<char> html)
    {
        var tokens = new HtmlTokens(html);
        var isWithin = true;
        while (isWithin && tokens.TryRead())
        {
            if (tokens.Name.IsEmpty)
            {
                isWithin = WriteText(tokens.Text);
            }
            else if (Find(MarkupTags.Dropped, tokens.Name) is { } dropped)
            {
                _ = tokens.IsEndTag ? default : tokens.TakeRaw(dropped);
            }
            else
            {
                isWithin = WriteTag(ref tokens);
            }
        }

        _open.CloseAll();
        return !isWithin;
    }

    private bool WriteText(ReadOnlySpan<char> text)
    {
        var length = Math.Min(text.Length, MaxCharacters - Math.Min(MaxCharacters, _output.Length - _pictures));
        Escape(text[..length]);
        return length == text.Length;
    }

    private bool WriteTag(ref HtmlTokens tokens)
    {
        // A mail's body keeps its colours.
        var name = tokens.Name is "body" or "BODY" ? "div" : Find(MarkupTags.Allowed, tokens.Name)?.ToLowerInvariant();
        switch (name)
        {
            case null:
                return true;
            case "style":
                WriteSheet(tokens.IsEndTag ? [] : tokens.TakeRaw(name));
                return true;
            case var _ when tokens.IsEndTag:
                _open.Close(name);
                return true;
            default:
                return WriteStart(name, tokens.Attributes);
        }
    }

    private void WriteSheet(ReadOnlySpan<char> sheet)
    {
        _style += sheet.Length;
        if (sheet.Length > 0 && _style <= MaxStyle && ++_tags <= MaxTags)
        {
            _output.Append("<style>").Append(CssBounds.Sheet(sheet)).Append("</style>");
        }
    }

    private bool WriteStart(string name, ReadOnlySpan<char> attributes)
    {
        if (++_tags > MaxTags || _output.Length - _pictures > MaxCharacters)
        {
            return false;
        }

        _open.Imply(name);
        var isVoid = MarkupTags.Void.Contains(name);
        if (!isVoid && _open.IsFull)
        {
            return true;
        }

        _output.Append('<').Append(name);
        var left = MaxAttributes;
        while (left-- > 0 && HtmlAttributes.TryTake(ref attributes, out var attribute, out var value))
        {
            WriteAttribute(Find(MarkupTags.Attributes, attribute)?.ToLowerInvariant(), value);
        }

        _output.Append('>');
        if (!isVoid)
        {
            _open.Push(name);
        }

        return true;
    }

    private void WriteAttribute(string? name, ReadOnlySpan<char> value)
    {
        switch (name)
        {
            case null:
                break;
            case "style":
                WriteStyle(value);
                break;
            case "src" when value.TrimStart().StartsWith("data:image/", StringComparison.OrdinalIgnoreCase):
                _pictures += value.Length;
                Write(name, _pictures <= MaxPictures ? value : []);
                break;
            case var _ when value.Length <= MaxValue:
                Write(name, value);
                break;
        }
    }

    private void WriteStyle(ReadOnlySpan<char> value)
    {
        _style += value.Length;
        if (_style <= MaxStyle
            && CssBounds.Inline(WebUtility.HtmlDecode(value.ToString()), _keepsImages) is { } style)
        {
            Write("style", style.Replace("&", "&amp;", StringComparison.Ordinal));
        }
    }

    private void Write(string name, ReadOnlySpan<char> value)
    {
        _output.Append(' ').Append(name).Append("=\"");
        Escape(value);
        _output.Append('"');
    }

    /// <summary>Character references stay as sent; what could end a text or a value becomes one.</summary>
    private void Escape(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOfAny('<', '"', '\0'); at >= 0; at = text.IndexOfAny('<', '"', '\0'))
        {
            _output.Append(text[..at]).Append(text[at] switch { '<' => "&lt;", '"' => "&quot;", _ => "" });
            text = text[(at + 1)..];
        }

        _output.Append(text);
    }

    private static string? Find(FrozenSet<string> names, ReadOnlySpan<char> name) =>
        names.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var found) ? found : null;
}
