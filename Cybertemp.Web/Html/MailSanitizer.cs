using System.Collections.Frozen;
using System.Text.RegularExpressions;
using AngleSharp.Css.Dom;
using AngleSharp.Dom;
using Ganss.Xss;

namespace Cybertemp.Web.Html;

/// <summary>
/// The sanitiser with what a mail may show and nothing else. Addresses: links go to the web, to mail or to a phone;
/// pictures come from the mail itself, and from the web only when the reader asked. One mail each.
/// </summary>
internal sealed partial class MailSanitizer
{
    private static readonly FrozenSet<string> Links =
        new[] { "http", "https", "mailto", "tel" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Without what covers other text, moves, is drawn from elsewhere or adds words that are not in the mail.
    /// </summary>
    private static readonly HtmlSanitizerOptions Options = new()
    {
        AllowedTags = new HashSet<string>(MarkupTags.Allowed, StringComparer.OrdinalIgnoreCase),
        AllowedAttributes = new HashSet<string>(MarkupTags.Attributes, StringComparer.OrdinalIgnoreCase),
        AllowedSchemes = new HashSet<string>(Links, StringComparer.OrdinalIgnoreCase),
        UriAttributes = new HashSet<string>(["href", "src", "background"], StringComparer.OrdinalIgnoreCase),
        AllowedAtRules = new HashSet<CssRuleType> { CssRuleType.Style, CssRuleType.Media },
        AllowedCssProperties = HtmlSanitizerDefaults.AllowedCssProperties
            .Where(static p => !IsRefused(p)).ToHashSet(StringComparer.OrdinalIgnoreCase),
    };

    private readonly Func<string, string?> _picture;
    private readonly bool _showsRemote;
    private readonly HtmlSanitizer _sanitizer = new(Options)
    {
        KeepChildNodes = true,
        DisallowCssPropertyValue = OtherSources(),
    };

    /// <summary>For one mail and one way to show it.</summary>
    /// <param name="picture">
    /// The data: address of a part of the mail by its Content-ID; null when there is none.
    /// </param>
    /// <param name="showsRemote">Whether pictures of the web may stay.</param>
    public MailSanitizer(Func<string, string?> picture, bool showsRemote)
    {
        _picture = picture;
        _showsRemote = showsRemote;
        _sanitizer.FilterUrl += (_, url) => url.SanitizedUrl = Filter(url);
        _sanitizer.FilterCssRule += static (_, rule) => rule.Cancel = !IsSelector(rule.CssRule);
        _sanitizer.PostProcessNode += (_, node) => Finish(node.Node);
    }

    /// <summary>A fragment of HTML that every parser reads alike.</summary>
    /// <param name="html">Within <see cref="MarkupBounds"/>.</param>
    public string Sanitize(string html) => _sanitizer.Sanitize(html);

    /// <summary>Functions that fetch, run or read what is not in the declaration, url() aside.</summary>
    [GeneratedRegex(
        @"[<>\\]|(image|image-set|cross-fade|element|paint|src|attr|var|env|expression)\s*\(",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex OtherSources();

    private static bool IsRefused(string property) =>
        property is "all" or "clip" or "content" or "cursor" or "filter" or "mask" or "mix-blend-mode" or "order"
            or "pointer-events" or "position" or "quotes" or "resize" or "transform" or "unicode-bidi" or "user-select"
            or "z-index" or "top" or "right" or "bottom" or "left"
        || property.StartsWith("animation", StringComparison.Ordinal)
        || property.StartsWith("counter-", StringComparison.Ordinal)
        || property.StartsWith("mask-", StringComparison.Ordinal)
        || property.StartsWith("transition", StringComparison.Ordinal);

    /// <summary>The parser also takes for a selector what no browser does.</summary>
    private static bool IsSelector(ICssRule rule) =>
        rule is not ICssStyleRule { SelectorText: var selector } || !selector.Contains('@', StringComparison.Ordinal);

    private string? Filter(FilterUrlEventArgs url) =>
        url.Tag.LocalName is "a" ? Link(url.OriginalUrl) : Picture(url.OriginalUrl.Trim());

    /// <summary>Absolute, as its parser writes it: what the reader clicks is what was looked at.</summary>
    private static string? Link(string address) =>
        Uri.TryCreate(address.Trim(), UriKind.Absolute, out var uri) && Links.Contains(uri.Scheme)
            && address.Trim().StartsWith(uri.Scheme, StringComparison.OrdinalIgnoreCase)
            ? uri.AbsoluteUri
            : null;

    private string? Picture(string address)
    {
        if (address.StartsWith("cid:", StringComparison.OrdinalIgnoreCase))
        {
            return _picture(Uri.UnescapeDataString(address[4..]));
        }

        if (RasterImage.IsAddress(address))
        {
            return address;
        }

        return _showsRemote && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
            ? $"https{uri.AbsoluteUri[uri.Scheme.Length..]}"
            : null;
    }

    private static void Finish(INode node)
    {
        if (node is not IElement { LocalName: "a" } link)
        {
            return;
        }

        link.RemoveAttribute("title");
        if (link.GetAttribute("href") is { } address)
        {
            link.SetAttribute("target", "_blank");
            link.SetAttribute("rel", "noopener noreferrer");
            link.SetAttribute(
                "title",
                Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Host is { Length: > 0 }
                    ? uri.IdnHost
                    : address);
        }
    }
}
