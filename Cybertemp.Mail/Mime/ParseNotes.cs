namespace Cybertemp.Mail.Mime;

/// <summary>Collects, once each, why something was left out or guessed.</summary>
internal sealed class ParseNotes
{
    private readonly List<string> _notes = [];

    public void Add(string note)
    {
        if (!_notes.Contains(note, StringComparer.Ordinal))
        {
            _notes.Add(note);
        }
    }

    public override string ToString() => string.Join(' ', _notes);
}
