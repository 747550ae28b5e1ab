using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Cybertemp.Tests.Web.Html;

/// <summary>
/// Whether a document is inert, asked of what a parser builds from it. It shares no list with the product: it knows
/// what is bad, the product what is good.
/// </summary>
internal static class HtmlOracle
{
    private static readonly string[] Elements =
        ("script iframe frame frameset object embed applet meta link base form input button select textarea svg math "
            + "template video audio source track picture image area map keygen isindex noscript noembed noframes "
            + "portal plaintext xmp title details dialog marquee body html head slot canvas param menuitem").Split(' ');

    private static readonly string[] Attributes =
        ("srcset srcdoc action formaction poster ping data code codebase archive manifest http-equiv content lowsrc "
            + "dynsrc is slot autofocus form contenteditable tabindex accesskey usemap popover download xmlns")
        .Split(' ');

    private static readonly string[] Css =
        ["@import", "@font-face", "@namespace", "@charset", "expression(", "behavior", "-moz-binding", "javascript:",
            "; position", "{ position", "z-index", "image-set", "\\75", "</", "<!"];

    /// <summary>What is wrong with it; empty when it is inert.</summary>
    public static IEnumerable<string> Offences(string html, bool allowsRemote = false)
    {
        var document = new HtmlParser().ParseDocument(html);
        var head = document.Head!.Children.Select(static e => e.LocalName);
        return Head(string.Join(' ', head)).Concat(document.Body!.Descendants<IElement>().SelectMany(
            e => Element(e, allowsRemote).Concat(e.Attributes.SelectMany(a => Attribute(e, a, allowsRemote)))));
    }

    private static IEnumerable<string> Head(string elements) =>
        elements == "meta meta title style" ? [] : [$"the head has {elements}"];

    private static IEnumerable<string> Element(IElement element, bool allowsRemote)
    {
        if (Elements.Contains(element.LocalName) || element.NamespaceUri != NamespaceNames.HtmlUri)
        {
            yield return $"<{element.LocalName}> in {element.NamespaceUri}";
        }

        if (element is IHtmlStyleElement)
        {
            foreach (var offence in Style(element.TextContent, allowsRemote))
            {
                yield return offence;
            }
        }
    }

    private static IEnumerable<string> Attribute(IElement element, IAttr attribute, bool allowsRemote)
    {
        var (name, value) = (attribute.Name, attribute.Value);
        if (name.StartsWith("on", StringComparison.OrdinalIgnoreCase)
            || Attributes.Contains(name) || name.Contains(':'))
        {
            yield return $"<{element.LocalName} {name}>";
        }

        if (name == "href" && !StartsWith(value, "https://", "http://", "mailto:", "tel:"))
        {
            yield return $"href={value}";
        }

        if (name is "src" or "background" && !StartsWith(value, "data:image/png;base64,", "data:image/gif;base64,")
            && !(allowsRemote && StartsWith(value, "https://")))
        {
            yield return $"{name}={value}";
        }

        if (name == "target" && value != "_blank")
        {
            yield return $"target={value}";
        }

        if (name == "style")
        {
            foreach (var offence in Style(value, allowsRemote))
            {
                yield return offence;
            }
        }
    }

    private static IEnumerable<string> Style(string css, bool allowsRemote) =>
        from bad in allowsRemote ? Css : Css.Append("url(")
        where $"; {css}".Contains(bad, StringComparison.OrdinalIgnoreCase)
        select $"{bad} in {css}";

    private static bool StartsWith(string value, params ReadOnlySpan<string> starts)
    {
        foreach (var start in starts)
        {
            if (value.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
