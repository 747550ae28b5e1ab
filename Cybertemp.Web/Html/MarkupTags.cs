using System.Collections.Frozen;

namespace Cybertemp.Web.Html;

/// <summary>What of HTML a shown mail may consist of; all names in lower case.</summary>
internal static class MarkupTags
{
    public static readonly FrozenSet<string> Allowed = Set(
        """
        a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn dir
        div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q
        s samp section small span strike strong style sub sup table tbody td tfoot th thead time tr tt u ul var wbr
        """);

    public static readonly FrozenSet<string> Attributes = Set(
        """
        align alt background bgcolor border cellpadding cellspacing class color colspan dir face height href hspace id
        lang nowrap rowspan size span src start style title type valign value vspace width
        """);

    /// <summary>Their content is not HTML, and none of it is for a reader.</summary>
    public static readonly FrozenSet<string> Dropped = Set(
        "iframe noembed noframes plaintext script textarea title xmp");

    public static readonly FrozenSet<string> Void = Set("br col hr img wbr");

    /// <summary>Whose start ends an open paragraph (HTML §13.2.6.4.7).</summary>
    public static readonly FrozenSet<string> EndsParagraph = Set(
        """
        address article aside blockquote center dd dir div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li
        main nav ol p pre section table ul
        """);

    /// <summary>Nothing inside ends what is open around them.</summary>
    public static readonly FrozenSet<string> Cells = Set("caption table td th");

    private static FrozenSet<string> Set(string words) =>
        words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
