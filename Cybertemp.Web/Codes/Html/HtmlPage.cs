using System.Net;
using Cybertemp.Web.Codes.Pages;

namespace Cybertemp.Web.Codes.Html;

/// <summary>
/// Writes the visible text and the anchors of HTML onto a page. One pass over a bounded part; no tree.
/// </summary>
internal ref struct HtmlPage
{
    private const int MaxLength = 512_000;
    private const int MaxDepth = 200;
    private const int MaxPictureWords = 200;
    private const int MaxLevelsClosed = 40;

    private readonly ReadOnlySpan<char> _html;
    private readonly PageText _page;
    private readonly List<OpenElement> _open;
    private readonly StyleSheet _sheet;
    private string? _address;
    private string _pictures;
    private int _anchorStart;

    private HtmlPage(ReadOnlySpan<char> html, PageText page)
    {
        _html = html;
        _page = page;
        _open = [new OpenElement(0, 0, ElementKind.Block, Looks.None, IsInline: false, -1, -1)];
        _sheet = new StyleSheet();
        _pictures = "";
    }

    public static void Write(PageText page, string html)
    {
        var writer = new HtmlPage(html.AsSpan(0, Math.Min(html.Length, MaxLength)), page);
        writer.Write();
    }

    private void Write()
    {
        var tokens = new HtmlTokens(_html);
        while (!_page.IsFull && tokens.TryRead())
        {
            if (tokens.Name.IsEmpty)
            {
                WriteText(tokens.Text);
            }
            else if (tokens.IsEndTag)
            {
                Close(tokens.Name);
            }
            else
            {
                Open(ref tokens);
            }
        }

        EndAnchor();
        _page.SetLooks(Looks.None);
    }

    private readonly void WriteText(ReadOnlySpan<char> text)
    {
        var looks = _open[^1].Looks;
        if (looks.Has(Looks.Unseen))
        {
            return;
        }

        _page.SetLooks(looks);
        var isPreformatted = looks.Has(Looks.Preformatted);
        var seen = text.Contains('&') ? WebUtility.HtmlDecode(text.ToString()) : text;
        if (seen.IndexOf("://") < 0)
        {
            _page.Write(seen, isPreformatted);
            return;
        }

        BodyText.Write(_page, seen, isPreformatted, isLinked: _address is not null);
    }

    private void Open(ref HtmlTokens tokens)
    {
        var kind = Elements.KindOf(tokens.Name);
        if (kind.Has(ElementKind.Raw))
        {
            var raw = tokens.TakeRaw(tokens.Name);
            if (kind.Has(ElementKind.StyleSheet))
            {
                _sheet.Read(raw);
            }

            return;
        }

        if (kind.Has(ElementKind.ClosesItself) && IsNamed(_open[^1], tokens.Name))
        {
            Close(tokens.Name);
        }

        Open(kind, tokens.Name, HtmlAttributes.Of(tokens.Attributes));
    }

    private void Open(ElementKind kind, ReadOnlySpan<char> name, HtmlAttributes attributes)
    {
        var effect = EffectOf(name, attributes);
        var element = Style(kind, name, attributes, effect);
        Break(element);
        if (kind.Has(ElementKind.Void))
        {
            TakePicture(kind, attributes);
            return;
        }

        if (_open.Count < MaxDepth)
        {
            _open.Add(element);
        }

        if (kind.Has(ElementKind.Anchor) && !attributes.Address.IsEmpty && !element.Looks.Has(Looks.Hidden))
        {
            EndAnchor();
            _address = WebUtility.HtmlDecode(attributes.Address.Trim().ToString());
            (_anchorStart, _pictures) = (_page.Settle(), "");
        }
    }

    private readonly StyleEffect EffectOf(ReadOnlySpan<char> name, HtmlAttributes attributes)
    {
        var sheet = _sheet.IsEmpty ? StyleEffect.None : _sheet.EffectOf(name, attributes);
        return attributes.Style.IsEmpty ? sheet : sheet.Then(StyleDeclarations.EffectOf(attributes.Style));
    }

    private readonly OpenElement Style(ElementKind kind, ReadOnlySpan<char> name, HtmlAttributes attributes,
        StyleEffect effect)
    {
        var parent = _open[^1];
        var color = ColorOf(effect.Color, attributes.Color, parent.Color);
        var background = ColorOf(effect.Background, attributes.Background, parent.Background);
        var looks = ((parent.Looks | OwnLooks(kind, attributes)) & ~effect.Cleared) | effect.Set;
        looks |= color >= 0 && color == background ? Looks.Hidden : Looks.None;
        _html.Overlaps(name, out var start);
        return new OpenElement(start, name.Length, kind, looks, effect.IsInline, color, background);
    }

    private static int ColorOf(int style, ReadOnlySpan<char> attribute, int inherited) =>
        style >= 0 ? style : attribute.IsEmpty ? inherited : CssColor.Of(attribute);

    private static Looks OwnLooks(ElementKind kind, HtmlAttributes attributes)
    {
        var looks = kind.Has(ElementKind.Bold) ? Looks.Bold : Looks.None;
        looks |= kind.Has(ElementKind.Mono) ? Looks.Mono : Looks.None;
        looks |= kind.Has(ElementKind.Struck) ? Looks.Struck : Looks.None;
        looks |= kind.Has(ElementKind.Large) || attributes.Size is "5" or "6" or "7" or ['+', >= '2' and <= '9']
            ? Looks.Large : Looks.None;
        looks |= kind.Has(ElementKind.Preformatted) ? Looks.Preformatted : Looks.None;
        looks |= kind.Has(ElementKind.Hidden) || attributes.IsHidden ? Looks.Hidden : Looks.None;
        var isQuote = kind.Has(ElementKind.Quote) && attributes.Type.Equals("cite", StringComparison.OrdinalIgnoreCase);
        isQuote |= attributes.Class.Contains("quote", StringComparison.OrdinalIgnoreCase);
        return looks | (isQuote ? Looks.Quoted : Looks.None);
    }

    /// <summary>A picture parts the words around it, and may be all that a link shows.</summary>
    private void TakePicture(ElementKind kind, HtmlAttributes attributes)
    {
        if (!kind.Has(ElementKind.Image))
        {
            return;
        }

        _page.Write(' ', isPreformatted: false);
        if (_address is not null && _pictures.Length == 0)
        {
            var length = Math.Min(attributes.Alternative.Length, MaxPictureWords);
            _pictures = WebUtility.HtmlDecode(attributes.Alternative[..length].ToString());
        }
    }

    private readonly void Break(OpenElement element)
    {
        if (element.Kind.Has(ElementKind.Block | ElementKind.Break) && !element.IsInline)
        {
            _page.BreakLine();
        }
        else if (element.Kind.Has(ElementKind.Cell) || element.IsInline)
        {
            _page.BreakCell();
        }
    }

    private void Close(ReadOnlySpan<char> name)
    {
        for (var index = _open.Count - 1; index > Math.Max(0, _open.Count - MaxLevelsClosed); index--)
        {
            if (IsNamed(_open[index], name))
            {
                CloseTo(index);
                return;
            }
        }
    }

    private void CloseTo(int index)
    {
        for (var last = _open.Count - 1; last >= index; last--)
        {
            if (_open[last].Kind.Has(ElementKind.Anchor))
            {
                EndAnchor();
            }

            Break(_open[last]);
            _open.RemoveAt(last);
        }
    }

    private readonly bool IsNamed(OpenElement element, ReadOnlySpan<char> name) =>
        element.NameLength == name.Length
            && _html.Slice(element.NameStart, name.Length).Equals(name, StringComparison.OrdinalIgnoreCase);

    private void EndAnchor()
    {
        if (_address is not null)
        {
            _page.Add(new Anchor(_anchorStart, Math.Max(_page.Length, _anchorStart), _address, _pictures,
                IsPrinted: false));
            _address = null;
        }
    }
}
