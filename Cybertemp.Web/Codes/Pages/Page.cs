using Cybertemp.Web.Codes.Words;

namespace Cybertemp.Web.Codes.Pages;

/// <summary>
/// A mail as its reader sees it: the subject as first line, then the lines of the body down to a quoted mail.
/// Immutable.
/// </summary>
internal sealed class Page
{
    private readonly char[] _folded;
    private readonly SenderName _sender;
    private readonly List<LooksRun> _looks;

    private Page(PageText text, string from)
    {
        Text = text.Printed.ToString();
        _folded = new char[Text.Length];
        Glyph.Fold(Text, _folded);

        _looks = text.Looks;
        Anchors = text.Anchors;
        Vocabulary.Find(_folded, Terms);
        _sender = new SenderName(from);
        Terms.RemoveAll(hit => _sender.Has(_folded, hit));
        NamedService.Remove(Text, Terms);
        Languages.RemoveForeign(_folded, Terms);
        for (var start = 0; start <= Text.Length;)
        {
            var length = Text.AsSpan(start).IndexOf('\n');
            var end = length < 0 ? Text.Length : start + length;
            Lines.Add(new Line(start, end));
            start = end + 1;
        }

        if (Letters.In(this, 0, Lines[0].End, 0) == 0)
        {
            Terms.RemoveAll(hit => hit.Start < Lines[0].End && hit.Is(Term.OtherNumber | Term.OtherUse | Term.Money));
        }
    }

    public string Text { get; }

    public List<Line> Lines { get; } = [];

    public List<Anchor> Anchors { get; }

    /// <summary>In the order of the text.</summary>
    public List<TermHit> Terms { get; } = [];

    /// <summary>Whether all of it looks the same.</summary>
    public bool IsUniform => _looks.Count == 0;

    /// <summary>Where a quoted mail begins, or the length.</summary>
    public int End { get; private set; }

    /// <summary>Whether the subject is that of a reply or of a forwarded mail.</summary>
    public bool IsReply { get; private set; }

    public static Page Of(PageText text, string from)
    {
        var page = new Page(text, from);
        page.IsReply = page.TermsIn(0, Math.Min(page.Lines[0].End, 24)).Has(Term.Reply);
        page.End = QuotedMail.StartIn(page);
        return page;
    }

    public Looks LooksAt(int position)
    {
        if (IsUniform)
        {
            return Looks.None;
        }

        var (low, high) = (0, _looks.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _looks[middle].Start <= position ? (middle + 1, high) : (low, middle);
        }

        return low == 0 ? Looks.None : _looks[low - 1].Looks;
    }

    public int LineAt(int position)
    {
        var (low, high) = (0, Lines.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = Lines[middle].Start <= position ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    /// <summary>The index of the first term that begins at <paramref name="position"/> or later.</summary>
    public int TermFrom(int position)
    {
        var (low, high) = (0, Terms.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Terms[middle].Start < position ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Whether the word in a range is one of the sender's name.</summary>
    public bool IsOfSender(int start, int end) => _sender.HasWord(_folded.AsSpan(start, end - start));

    /// <summary>Of the terms that begin in a range.</summary>
    public Term TermsIn(int start, int end)
    {
        var terms = Term.None;
        for (var index = TermFrom(start); index < Terms.Count && Terms[index].Start < end; index++)
        {
            terms |= Terms[index].Terms;
        }

        return terms;
    }
}
