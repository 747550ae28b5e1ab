namespace MimeKit.Parsing;

/// <summary>
/// One pass over the octets of a message. Content is remembered as ranges and decoded when asked for. The recursion
/// is bounded by <see cref="ParserOptions.MaxMimeDepth"/>.
/// </summary>
internal ref struct MessageParser
{
    private readonly MessageSource _source;
    private readonly ReadOnlySpan<byte> _octets;
    private readonly BoundaryStack _boundaries = new();
    private int _position;
    private BoundaryKind _boundary;

    private MessageParser(MessageSource source)
    {
        _source = source;
        _octets = source.Octets;
        _position = _octets.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
    }

    /// <summary>The whole tree.</summary>
    /// <exception cref="FormatException">There is nothing, or the first line is no header field.</exception>
    public static MimeMessage Parse(MessageSource source)
    {
        var parser = new MessageParser(source);
        if (parser._position == parser._octets.Length)
        {
            throw new FormatException("End of stream.");
        }

        return parser.ReadMessage(isTopLevel: true, depth: 0);
    }

    private MimeMessage ReadMessage(bool isTopLevel, int depth)
    {
        var headers = ReadHeaders(isMessage: true, isTopLevel);
        var start = _position;
        var body = ReadEntity(headers, EntityFactory.ContentTypeOf(headers, parent: null), isBody: true, depth);
        var end = _boundary is BoundaryKind.EndOfStream ? _position : TrimLineEnd(start, _position);
        var message = new MimeMessage(headers);
        message.SetBody(body, start..end);
        return message;
    }

    private HeaderBlock ReadHeaders(bool isMessage, bool isTopLevel)
    {
        var parser = new HeaderParser(_source, _boundaries, _position);
        if (!parser.TryRead(isMessage, isTopLevel, out var headers))
        {
            throw new FormatException("Failed to parse message headers.");
        }

        (_position, _boundary) = (parser.Position, parser.Boundary);
        return headers;
    }

    private MimeEntity ReadEntity(HeaderBlock headers, ContentType type, bool isBody, int depth)
    {
        var entity = EntityFactory.Create(headers, type, isBody, depth);
        switch (entity)
        {
            case Multipart multipart:
                ReadMultipart(multipart, depth);
                break;
            case MessagePart part:
                ReadMessagePart(part, depth);
                break;
            case MimePart part:
                part.SetContent(ReadContent());
                break;
        }

        return entity;
    }

    private void ReadMessagePart(MessagePart part, int depth)
    {
        _boundary = _boundaries.Match(_source.LineAt(_position));
        if (_boundary is BoundaryKind.None)
        {
            part.SetMessage(ReadMessage(isTopLevel: false, depth + 1));
        }
    }

    private void ReadMultipart(Multipart multipart, int depth)
    {
        if (multipart.ContentType.Boundary is not { } boundary || boundary.EndsWith(' '))
        {
            multipart.SetPreamble(ReadContent());
            return;
        }

        _boundaries.Push(boundary);
        multipart.SetPreamble(ReadContent());
        if (_boundary is BoundaryKind.Immediate)
        {
            ReadParts(multipart, depth);
        }

        _boundaries.Pop();
        if (_boundary is BoundaryKind.ImmediateEnd)
        {
            _position += _source.LineAt(_position).Length;
            ReadContent();
        }
        else if (_boundary is BoundaryKind.Parent)
        {
            _boundary = _boundaries.Match(_source.LineAt(_position));
        }
    }

    private void ReadParts(Multipart multipart, int depth)
    {
        while (_boundary is BoundaryKind.Immediate && TrySkipLine())
        {
            var headers = ReadHeaders(isMessage: false, isTopLevel: false);
            if (_boundary is BoundaryKind.None || headers.Count > 0)
            {
                var type = EntityFactory.ContentTypeOf(headers, multipart.ContentType);
                multipart.AddPart(ReadEntity(headers, type, isBody: false, depth + 1));
            }
        }
    }

    /// <summary>Up to the next delimiter; the line end before it belongs to it.</summary>
    private Range ReadContent()
    {
        var start = _position;
        _boundary = _boundaries.Match(_source.LineAt(_position));
        while (_boundary is BoundaryKind.None)
        {
            var next = _boundaries.IsEmpty ? -1 : _octets[_position..].IndexOf("\n--"u8);
            _position = next < 0 ? _octets.Length : _position + next + 1;
            _boundary = next < 0 ? BoundaryKind.EndOfStream : _boundaries.Match(_source.LineAt(_position));
        }

        return start..(_boundary is BoundaryKind.EndOfStream ? _position : TrimLineEnd(start, _position));
    }

    private readonly int TrimLineEnd(int start, int end) => end
        - (_octets[start..end].EndsWith("\r\n"u8) ? 2 : _octets[start..end].EndsWith("\n"u8) ? 1 : 0);

    /// <summary>False at the end of the octets: a delimiter without a line end opens no part.</summary>
    private bool TrySkipLine()
    {
        var end = _position + _source.LineAt(_position).Length;
        _position = Math.Min(end + 1, _octets.Length);
        _boundary = end < _octets.Length ? _boundary : BoundaryKind.EndOfStream;
        return end < _octets.Length;
    }
}
