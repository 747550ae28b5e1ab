using System.Buffers;

namespace Cybertemp.Web.Codes.Html;

/// <summary>The attributes of a tag that matter here, as sent; empty when absent, the first when repeated.</summary>
internal ref struct HtmlAttributes
{
    private static readonly SearchValues<char> EndOfName = SearchValues.Create("= \t\r\n/");

    public ReadOnlySpan<char> Style { get; private set; }

    public ReadOnlySpan<char> Class { get; private set; }

    public ReadOnlySpan<char> Id { get; private set; }

    public ReadOnlySpan<char> Address { get; private set; }

    public ReadOnlySpan<char> Alternative { get; private set; }

    public ReadOnlySpan<char> Type { get; private set; }

    public ReadOnlySpan<char> Size { get; private set; }

    public ReadOnlySpan<char> Color { get; private set; }

    public ReadOnlySpan<char> Background { get; private set; }

    public bool IsHidden { get; private set; }

    public static HtmlAttributes Of(ReadOnlySpan<char> source)
    {
        var attributes = default(HtmlAttributes);
        while (TryTake(ref source, out var name, out var value))
        {
            attributes.Set(name, value);
        }

        return attributes;
    }

    /// <summary>Takes one attribute off the front, its value without quotes and as sent; false at the end.</summary>
    public static bool TryTake(scoped ref ReadOnlySpan<char> source, out ReadOnlySpan<char> name,
        out ReadOnlySpan<char> value)
    {
        source = source.TrimStart(" \t\r\n/");
        var end = source.IndexOfAny(EndOfName);
        name = end < 0 ? source : end == 0 ? source[..1] : source[..end];
        source = source[name.Length..].TrimStart();
        value = [];
        if (source is ['=', ..] && name is not ['='])
        {
            source = source[1..].TrimStart();
            value = TakeValue(ref source);
        }

        return !name.IsEmpty;
    }

    private static ReadOnlySpan<char> TakeValue(scoped ref ReadOnlySpan<char> source)
    {
        var isQuoted = source is ['"' or '\'', ..];
        var start = isQuoted ? 1 : 0;
        var length = isQuoted ? source[1..].IndexOf(source[0]) : source.IndexOfAny(" \t\r\n");
        length = length < 0 ? source.Length - start : length;
        var value = source.Slice(start, length);
        source = source[Math.Min(source.Length, length + (2 * start))..];
        return value;
    }

    private void Set(scoped ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        switch (name)
        {
            case "style" or "STYLE" or "Style" when Style.IsEmpty:
                Style = value;
                break;
            case "class" or "CLASS" when Class.IsEmpty:
                Class = value;
                break;
            case "href" or "HREF" or "Href" when Address.IsEmpty:
                Address = value;
                break;
            default:
                SetOther(name, value);
                break;
        }
    }

    private void SetOther(scoped ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        switch (name)
        {
            case "id":
                Id = value;
                break;
            case "alt" or "ALT":
                Alternative = value;
                break;
            case "type":
                Type = value;
                break;
            case "size" or "SIZE":
                Size = value;
                break;
            case "color" or "COLOR":
                Color = value;
                break;
            case "bgcolor" or "BGCOLOR":
                Background = value;
                break;
            case "hidden":
                IsHidden = true;
                break;
            default:
                break;
        }
    }
}
