using System.Text;
using Cybertemp.Mail.Mime.Html;

namespace Cybertemp.Mail.Mime.Body;

/// <summary>The texts of a body as one; a single one stays as it was sent.</summary>
internal static class JoinedTexts
{
    /// <summary>HTML is made text; one empty line stands between two.</summary>
    /// <param name="leaves">In the order of display.</param>
    /// <param name="maxLength">Of a text made of HTML.</param>
    public static string Plain(List<TextLeaf> leaves, int maxLength)
    {
        if (leaves is [var single])
        {
            return PlainOf(single, maxLength);
        }

        var joined = new StringBuilder();
        foreach (var leaf in leaves)
        {
            var text = PlainOf(leaf, maxLength).AsSpan().Trim("\r\n");
            if (!text.IsWhiteSpace())
            {
                joined.Append(joined.Length == 0 ? "" : "\n\n").Append(text.TrimEnd());
            }
        }

        return joined.ToString();
    }

    /// <summary>What is plain is shown in lines as it was sent.</summary>
    public static string Html(List<TextLeaf> leaves)
    {
        if (leaves is [var single])
        {
            return single.Content;
        }

        var joined = new StringBuilder();
        foreach (var leaf in leaves)
        {
            joined.Append(joined.Length == 0 ? "" : "\n");
            if (leaf.IsHtml)
            {
                joined.Append(leaf.Content.AsSpan().TrimEnd());
            }
            else
            {
                AppendEscaped(joined, leaf.Content.Trim('\r', '\n'));
            }
        }

        return joined.ToString();
    }

    private static string PlainOf(TextLeaf leaf, int maxLength) =>
        leaf.IsHtml ? HtmlText.Of(leaf.Content, maxLength) : leaf.Content;

    private static void AppendEscaped(StringBuilder joined, string text) => joined
        .Append("<pre>")
        .Append(text
            .Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal))
        .Append("</pre>");
}
