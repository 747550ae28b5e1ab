using System.Collections.Frozen;

namespace Cybertemp.Web.Codes.Html;

internal static class Elements
{
    private static readonly FrozenDictionary<string, ElementKind>.AlternateLookup<ReadOnlySpan<char>> Kinds =
        Read().ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    public static ElementKind KindOf(ReadOnlySpan<char> name) =>
        Kinds.TryGetValue(name, out var kind) ? kind : ElementKind.None;

    private static Dictionary<string, ElementKind> Read()
    {
        var kinds = new Dictionary<string, ElementKind>(StringComparer.Ordinal);
        void Add(ElementKind kind, string names)
        {
            foreach (var name in names.Split(' '))
            {
                kinds[name] = kinds.GetValueOrDefault(name) | kind;
            }
        }

        Add(ElementKind.Block,
            "p div h1 h2 h3 h4 h5 h6 table tbody thead tfoot tr ul ol li dl dt dd section article header");
        Add(ElementKind.Block,
            "footer nav aside main address form fieldset figure figcaption center body blockquote pre caption");
        Add(ElementKind.Block, "details summary legend menu hgroup search option");
        Add(ElementKind.Cell, "td th button");
        Add(ElementKind.Break, "br hr");
        Add(ElementKind.Void, "br hr img input meta link base col area embed source track wbr param");
        Add(ElementKind.Raw, "script style title textarea iframe noembed noframes xmp object");
        Add(ElementKind.Hidden, "template select datalist svg math audio video canvas");
        Add(ElementKind.Bold, "b strong h1 h2 h3 h4 h5 th");
        Add(ElementKind.Large, "h1 h2");
        Add(ElementKind.Mono, "code tt kbd samp pre");
        Add(ElementKind.Struck, "s strike del");
        Add(ElementKind.Preformatted, "pre");
        Add(ElementKind.Quote, "blockquote");
        Add(ElementKind.Anchor, "a");
        Add(ElementKind.Image, "img area");
        Add(ElementKind.ClosesItself, "p td th li tr dt dd option a");
        Add(ElementKind.StyleSheet, "style");
        return kinds;
    }
}
