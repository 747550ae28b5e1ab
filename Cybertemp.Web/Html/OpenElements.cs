using System.Text;

namespace Cybertemp.Web.Html;

/// <summary>
/// The elements that are open in what is written, at most <see cref="MaxDepth"/>. Every end is written out, so that a
/// parser has nothing to repair and builds no element more than there are tags.
/// </summary>
internal sealed class OpenElements(StringBuilder output)
{
    /// <summary>Mail of table in table has some 60; browsers stop at 512.</summary>
    private const int MaxDepth = 128;

    private readonly List<string> _open = new(MaxDepth);

    public bool IsFull => _open.Count == MaxDepth;

    /// <summary>Ends what the start of <paramref name="name"/> ends in HTML although no end tag says so.</summary>
    public void Imply(string name)
    {
        if (MarkupTags.EndsParagraph.Contains(name))
        {
            Close("p");
        }

        switch (name)
        {
            case "li":
                CloseWithin(["ul", "ol", "table"], ["li"]);
                break;
            case "dt" or "dd":
                CloseWithin(["dl", "table"], ["dt", "dd"]);
                break;
            case "td" or "th":
                CloseWithin(["table"], ["td", "th", "caption", "colgroup"]);
                break;
            case "tr":
                CloseWithin(["table"], ["tr", "caption", "colgroup"]);
                break;
            case "tbody" or "thead" or "tfoot":
                CloseWithin(["table"], ["tbody", "thead", "tfoot", "caption", "colgroup"]);
                break;
            case "a":
                Close("a");
                break;
        }
    }

    public void Push(string name) => _open.Add(name);

    /// <summary>Ends <paramref name="name"/> and what is open in it; nothing when it is not open here.</summary>
    public void Close(string name)
    {
        var isTablePart = name is "caption" or "table" or "tbody" or "td" or "tfoot" or "th" or "thead" or "tr";
        for (var index = _open.Count - 1; index >= 0; index--)
        {
            if (_open[index] == name)
            {
                CloseFrom(index);
                return;
            }

            if (_open[index] == "table" || (!isTablePart && MarkupTags.Cells.Contains(_open[index])))
            {
                return;
            }
        }
    }

    public void CloseAll() => CloseFrom(0);

    private void CloseWithin(ReadOnlySpan<string> scopes, ReadOnlySpan<string> names)
    {
        for (var index = _open.Count - 1; index >= 0 && !scopes.Contains(_open[index]); index--)
        {
            if (names.Contains(_open[index]))
            {
                CloseFrom(index);
                return;
            }
        }
    }

    private void CloseFrom(int index)
    {
        for (var last = _open.Count - 1; last >= index; last--)
        {
            output.Append("</").Append(_open[last]).Append('>');
        }

        _open.RemoveRange(index, _open.Count - index);
    }
}
