using System.Buffers;

namespace Cybertemp.Web.Codes.Html;

/// <summary>
/// The rules of style elements for one class, id or element name that change size or visibility. Rules for some screens
/// (@media) and for elements within others are left out.
/// </summary>
internal sealed class StyleSheet
{
    private const int MaxLength = 64_000;
    private const int MaxRules = 256;

    private static readonly SearchValues<char> Combinators = SearchValues.Create(" >+~:[*");

    private readonly Dictionary<string, StyleEffect> _effects = new(StringComparer.OrdinalIgnoreCase);

    public bool IsEmpty => _effects.Count == 0;

    public void Read(ReadOnlySpan<char> css)
    {
        css = css[..Math.Min(css.Length, MaxLength)];
        while (css.IndexOf('{') is var open and >= 0 && _effects.Count < MaxRules)
        {
            var selectors = WithoutComment(css[..open]).Trim();
            if (selectors is ['@', ..])
            {
                css = SkipBlock(css[open..]);
                continue;
            }

            var close = css[open..].IndexOf('}');
            var declarations = close < 0 ? css[(open + 1)..] : css.Slice(open + 1, close - 1);
            css = close < 0 ? [] : css[(open + close + 1)..];
            Add(selectors, StyleDeclarations.EffectOf(declarations));
        }
    }

    public StyleEffect EffectOf(ReadOnlySpan<char> name, HtmlAttributes attributes)
    {
        var effects = _effects.GetAlternateLookup<ReadOnlySpan<char>>();
        var effect = effects.TryGetValue(name, out var own) ? own : StyleEffect.None;
        Span<char> selector = stackalloc char[64];
        foreach (var range in attributes.Class.Split(' '))
        {
            effect = Find(effects, '.', attributes.Class[range], selector, effect);
        }

        return Find(effects, '#', attributes.Id, selector, effect);
    }

    private static StyleEffect Find(
        Dictionary<string, StyleEffect>.AlternateLookup<ReadOnlySpan<char>> effects,
        char sign,
        ReadOnlySpan<char> name,
        Span<char> selector,
        StyleEffect before)
    {
        if (name.IsEmpty || name.Length >= selector.Length)
        {
            return before;
        }

        selector[0] = sign;
        name.CopyTo(selector[1..]);
        return effects.TryGetValue(selector[..(name.Length + 1)], out var effect) ? before.Then(effect) : before;
    }

    private void Add(ReadOnlySpan<char> selectors, StyleEffect effect)
    {
        if (effect.IsNone)
        {
            return;
        }

        foreach (var range in selectors.Split(','))
        {
            var selector = selectors[range].Trim();
            if (selector.IsEmpty || selector.ContainsAny(Combinators))
            {
                continue;
            }

            var key = selector[Math.Max(selector.IndexOfAny('.', '#'), 0)..].ToString();
            _effects[key] = _effects.TryGetValue(key, out var before) ? before.Then(effect) : effect;
        }
    }

    private static ReadOnlySpan<char> WithoutComment(ReadOnlySpan<char> selectors)
    {
        var end = selectors.LastIndexOf("*/");
        return end < 0 ? selectors : selectors[(end + 2)..];
    }

    private static ReadOnlySpan<char> SkipBlock(ReadOnlySpan<char> css)
    {
        var depth = 0;
        for (var index = 0; index < css.Length; index++)
        {
            depth += css[index] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
            {
                return css[(index + 1)..];
            }
        }

        return [];
    }
}
