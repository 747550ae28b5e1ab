namespace Cybertemp.Web.Codes.Pages;

/// <summary>Writes running text onto a page: an address in it becomes an anchor over one sign.</summary>
internal static class BodyText
{
    /// <summary>Stands for an address: its letters and digits are no words and no codes.</summary>
    public const char AddressSign = '\ufffc';

    /// <summary>
    /// Without anchors for the addresses when <paramref name="isLinked"/>: the text is the words of a link.
    /// </summary>
    public static void Write(PageText page, ReadOnlySpan<char> text, bool isPreformatted, bool isLinked)
    {
        var written = 0;
        while (!page.IsFull && PrintedAddress.TryFind(text, written, out var address))
        {
            page.Write(text[written..address.Start.Value], isPreformatted);
            var start = page.Settle();
            page.Write(AddressSign, isPreformatted);
            if (!isLinked)
            {
                page.Add(new Anchor(start, start + 1, text[address].ToString(), "", IsPrinted: true));
            }

            written = address.End.Value;
        }

        page.Write(text[written..], isPreformatted);
    }
}
