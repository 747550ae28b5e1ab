using System.Collections;

namespace MimeKit;

public class Multipart : MimeEntity, IEnumerable<MimeEntity>
{
    private readonly List<MimeEntity> _parts = new(capacity: 1);
    private Range _preamble;

    internal Multipart(EntityArguments args) : base(args) { }

    public int Count => _parts.Count;

    /// <summary>Everything, when no delimiter was found.</summary>
    public string? Preamble => Block.Source.Octets[_preamble] is { IsEmpty: false } octets ? Scanner.Decode(octets) : null;

    public MimeEntity this[int index] => _parts[index];

    public IEnumerator<MimeEntity> GetEnumerator() => _parts.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool TryGetValue(TextFormat format, out TextPart? body) => (body = Find(format)) is not null;

    /// <summary>The first text or multipart decides: a body does not come after it.</summary>
    internal virtual TextPart? Find(TextFormat format)
    {
        var first = _parts.Find(part => part is Multipart or TextPart { IsAttachment: false });
        return first is Multipart multipart ? multipart.Find(format) : (first as TextPart)?.As(format);
    }

    internal void AddPart(MimeEntity part) => _parts.Add(part);

    internal void SetPreamble(Range preamble) => _preamble = preamble;
}
