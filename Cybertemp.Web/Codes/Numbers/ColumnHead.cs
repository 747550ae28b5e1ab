using Cybertemp.Web.Codes.Pages;

namespace Cybertemp.Web.Codes.Numbers;

/// <summary>The cell over a number, where the row above has as many cells and no number.</summary>
internal static class ColumnHead
{
    public static Line? Of(Page page, Number number)
    {
        var line = page.LineAt(number.Start);
        var row = page.Text.AsSpan(page.Lines[line].Start, page.Lines[line].Length);
        var cells = row.Count('\t');
        if (cells == 0 || line < 2)
        {
            return null;
        }

        var above = page.Lines[line - 1];
        var heads = page.Text.AsSpan(above.Start, above.Length);
        if (heads.Count('\t') != cells || heads.ContainsAnyInRange('0', '9'))
        {
            return null;
        }

        var (start, end) = (above.Start, above.End);
        for (var before = row[..(number.Start - page.Lines[line].Start)].Count('\t'); before > 0; before--)
        {
            start += page.Text.AsSpan(start).IndexOf('\t') + 1;
        }

        var length = page.Text.AsSpan(start, end - start).IndexOf('\t');
        return new Line(start, length < 0 ? end : start + length);
    }
}
