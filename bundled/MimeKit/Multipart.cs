using System.Collections;
using System.Text;
using MimeKit.Parsing;
using MimeKit.Text;

namespace MimeKit;

public class Multipart : MimeEntity, IEnumerable<MimeEntity>
{
    private readonly List<MimeEntity> _parts = new(capacity: 1);
    private ContentRange _preamble;
    private ContentRange? _epilogue;

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

    /// <summary>Only a multipart that was closed by its end delimiter has one.</summary>
    internal void SetEpilogue(ContentRange epilogue) => _epilogue = epilogue;

    internal override void WriteContentTo(EntityWriter writer)
    {
        writer.Write(Source.Octets[_preamble.Start.._preamble.End]);
        if (Boundary is null)
        {
            return;
        }

        if (_preamble.Length > 0)
        {
            writer.WriteLine();
        }

        var delimiter = Encoding.UTF8.GetBytes("--" + Boundary);
        foreach (var part in _parts)
        {
            writer.WriteRaw(delimiter);
            writer.WriteLine();
            part.WriteTo(writer);
            if (((part as MessagePart)?.Message?.Body ?? part) is not Multipart { _epilogue: null })
            {
                writer.WriteLine();
            }
        }

        if (_epilogue is { } epilogue)
        {
            writer.WriteRaw(delimiter);
            writer.WriteRaw("--"u8);
            writer.Write(Source.Octets[epilogue.Start..epilogue.End]);
        }
    }
}
