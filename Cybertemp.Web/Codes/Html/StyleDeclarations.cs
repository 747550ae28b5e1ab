using Cybertemp.Web.Codes.Pages;

namespace Cybertemp.Web.Codes.Html;

/// <summary>Reads declarations of CSS for what they do to size and visibility. Unknown ones change nothing.</summary>
internal ref struct StyleDeclarations
{
    private bool _isClipped;
    private bool _isFlat;
    private StyleEffect _effect;

    public static StyleEffect EffectOf(ReadOnlySpan<char> declarations)
    {
        var style = new StyleDeclarations { _effect = StyleEffect.None };
        while (!declarations.IsEmpty)
        {
            var end = declarations.IndexOf(';');
            var declaration = end < 0 ? declarations : declarations[..end];
            declarations = end < 0 ? [] : declarations[(end + 1)..];
            var colon = declaration.IndexOf(':');
            if (colon > 0)
            {
                style.Read(declaration[..colon].Trim(), declaration[(colon + 1)..].Trim());
            }
        }

        return style._isClipped && style._isFlat ? style.Adding(Looks.Hidden) : style._effect;
    }

    private readonly StyleEffect Adding(Looks looks) => _effect with { Set = _effect.Set | looks };

    private void Read(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        Span<char> lower = stackalloc char[32];
        if (name.Length > lower.Length)
        {
            return;
        }

        lower = lower[..name.ToLowerInvariant(lower)];
        switch (lower)
        {
            case "font-size":
                SetSize(CssLength.PixelsOf(value));
                break;
            case "font":
                SetSize(CssLength.FirstPixelsIn(value));
                SetWeight(value);
                SetFamily(value);
                break;
            case "font-weight":
                SetWeight(value);
                break;
            case "font-family":
                SetFamily(value);
                break;
            case "display" or "float":
                SetDisplay(value, isDisplay: lower is "display");
                break;
            default:
                ReadOther(lower, value);
                break;
        }
    }

    private void ReadOther(scoped ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        switch (name)
        {
            case "visibility":
                _effect = StartsWith(value, "hidden") ? Adding(Looks.Hidden) : _effect;
                break;
            case "opacity":
                _effect = CssLength.PixelsOf(value) == 0 ? Adding(Looks.Hidden) : _effect;
                break;
            case "max-height" or "height" or "max-width" or "width" or "line-height":
                _isFlat |= CssLength.PixelsOf(value) is >= 0 and <= 1;
                break;
            case "overflow":
                _isClipped |= StartsWith(value, "hidden");
                break;
            case "letter-spacing":
                _effect = CssLength.PixelsOf(value) >= 1 ? Adding(Looks.Spaced) : _effect;
                break;
            case "text-decoration" or "text-decoration-line":
                _effect = StartsWith(value, "line-through") ? Adding(Looks.Struck) : _effect;
                break;
            case "text-indent" or "left" or "top":
                _effect = CssLength.PixelsOf(value) <= -999 ? Adding(Looks.Hidden) : _effect;
                break;
            default:
                ReadColor(name, value);
                break;
        }
    }

    private void ReadColor(scoped ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        if (name is "color")
        {
            _effect = StartsWith(value, "transparent") ? Adding(Looks.Hidden)
                : _effect with { Color = CssColor.Of(value) };
        }
        else if (name is "background" or "background-color")
        {
            _effect = _effect with { Background = CssColor.Of(value) };
        }
    }

    private void SetSize(double pixels)
    {
        const double LargePixels = 20;
        const double TinyPixels = 2;
        if (double.IsNaN(pixels))
        {
            return;
        }

        var set = pixels >= LargePixels ? Looks.Large : pixels <= TinyPixels ? Looks.Tiny : Looks.None;
        _effect = _effect with
        {
            Set = (_effect.Set & ~(Looks.Large | Looks.Tiny)) | set,
            Cleared = _effect.Cleared | ((Looks.Large | Looks.Tiny) & ~set),
        };
    }

    private void SetWeight(ReadOnlySpan<char> value) => _effect =
        StartsWith(value, "bold") || StartsWith(value, "700") || StartsWith(value, "600") || StartsWith(value, "800")
            ? Adding(Looks.Bold) : _effect;

    private void SetFamily(ReadOnlySpan<char> value) => _effect =
        value.Contains("mono", StringComparison.OrdinalIgnoreCase)
            || value.Contains("courier", StringComparison.OrdinalIgnoreCase)
            ? Adding(Looks.Mono)
            : _effect;

    private void SetDisplay(ReadOnlySpan<char> value, bool isDisplay)
    {
        if (isDisplay && StartsWith(value, "none"))
        {
            _effect = Adding(Looks.Hidden);
            return;
        }

        var isInline = StartsWith(value, "inline") || StartsWith(value, "left") || StartsWith(value, "right")
            || StartsWith(value, "table-cell");
        _effect = _effect with { IsInline = _effect.IsInline || isInline };
    }

    private static bool StartsWith(ReadOnlySpan<char> value, string word) =>
        value.StartsWith(word, StringComparison.OrdinalIgnoreCase);
}
