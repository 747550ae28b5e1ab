using System.Collections;
using MimeKit.Parsing;
using MimeKit.Text;

namespace MimeKit;

public class Multipart : MimeEntity, IEnumerable<MimeEntity>
{
    private readonly List<MimeEntity> _parts = new(capacity: 1);
    private ContentRange _preamble;

    internal Multipart(EntityArguments args)
        : base(args)
    {
    }

    public int Count => _parts.Count;

    public string? Boundary => ContentType.Boundary;

    /// <summary>Everything, when no delimiter was found.</summary>
    public string? Preamble => _preamble.Length == 0 ? null : Scanner.Decode(Source.Octets[_preamble.Start.._preamble.End]);

    public MimeEntity this[int index] => _parts[index];

    public IEnumerator<MimeEntity> GetEnumerator() => _parts.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The first text or multipart decides: a body does not come after it.</summary>
    public virtual bool TryGetValue(TextFormat format, out TextPart? body)
    {
        foreach (var part in _parts)
        {
            switch (part)
            {
                case Multipart multipart:
                    return multipart.TryGetValue(format, out body);
                case TextPart { IsAttachment: false } text:
                    body = text.IsFormat(format) ? text : null;
                    return body is not null;
            }
        }

        body = null;
        return false;
    }

    internal void AddPart(MimeEntity part) => _parts.Add(part);

    internal void SetPreamble(ContentRange preamble) => _preamble = preamble;
}
