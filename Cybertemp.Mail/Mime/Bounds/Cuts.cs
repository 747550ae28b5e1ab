namespace Cybertemp.Mail.Mime.Bounds;

/// <summary>The octets that the parser is not shown, in ascending order, and why.</summary>
internal sealed class Cuts
{
    private readonly List<(int Start, int End)> _ranges = [];
    private bool _hasFields;
    private bool _hasParts;

    public bool IsEmpty => _ranges.Count == 0;

    public void AddField(int start, int end)
    {
        _hasFields = true;
        Add(start, end);
    }

    /// <summary>Not noted: nothing is left out but a line end.</summary>
    public void AddFold(int start, Range fold)
    {
        if (fold.End.Value > 0)
        {
            Add(start + fold.Start.Value, start + fold.End.Value);
        }
    }

    public void AddRest(int start, int end)
    {
        _hasParts = true;
        Add(start, end);
    }

    public byte[] Apply(ReadOnlySpan<byte> content)
    {
        var kept = new byte[content.Length - _ranges.Sum(range => range.End - range.Start)];
        var (from, to) = (0, 0);
        foreach (var (start, end) in _ranges)
        {
            content[from..start].CopyTo(kept.AsSpan(to));
            (from, to) = (end, to + start - from);
        }

        content[from..].CopyTo(kept.AsSpan(to));
        return kept;
    }

    public void AddTo(ParseNotes notes)
    {
        if (_hasFields)
        {
            notes.Add("Header fields that are too many or too long were cut.");
        }

        if (_hasParts)
        {
            notes.Add("Everything after too many parts or delimiters was ignored.");
        }
    }

    private void Add(int start, int end)
    {
        if (_ranges is [.., var last] && last.End == start)
        {
            _ranges[^1] = (last.Start, end);
        }
        else
        {
            _ranges.Add((start, end));
        }
    }
}
