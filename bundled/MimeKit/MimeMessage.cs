namespace MimeKit;

/// <summary>A received message, read-only. Everything is decoded when asked for.</summary>
public class MimeMessage
{
    private readonly HeaderBlock _block;
    private Range _content;

    internal MimeMessage(HeaderBlock block) => _block = block;

    /// <summary>Without the Content-* fields: those are the body's.</summary>
    public HeaderList Headers => new(_block, contentOnly: false);

    public InternetAddressList From => field ??= Addresses("From"u8);

    public InternetAddressList To => field ??= Addresses("To"u8);

    public InternetAddressList Cc => field ??= Addresses("Cc"u8);

    public InternetAddressList ReplyTo => field ??= Addresses("Reply-To"u8);

    public MailboxAddress? Sender =>
        _block.TryGetValue("Sender"u8, out var value) ? AddressParser.ParseMailbox(value, isLenient: true) : null;

    /// <summary>Null when absent.</summary>
    public string? Subject => field ??= _block.TryGetValue("Subject"u8, out var value)
        ? HeaderText.Unfold(Rfc2047Decoder.Decode(value))
        : null;

    /// <summary><see cref="DateTimeOffset.MinValue"/> when absent or unreadable.</summary>
    public DateTimeOffset Date =>
        _block.TryGetValue("Date"u8, out var value) && DateUtils.TryParse(value, out var date) ? date : DateTimeOffset.MinValue;

    public string? MessageId => _block.TryGetValue("Message-Id"u8, out var value) ? MimeUtils.ParseMessageId(value) : null;

    public string? InReplyTo => _block.TryGetValue("In-Reply-To"u8, out var value)
        ? MimeUtils.ParseMessageIds(value).FirstOrDefault()
        : null;

    public MessageIdList References =>
        new(_block.TryGetValue("References"u8, out var value) ? MimeUtils.ParseMessageIds(value) : []);

    public MimeEntity? Body { get; private set; }

    public string? TextBody => GetTextBody(TextFormat.Plain);

    public string? HtmlBody => GetTextBody(TextFormat.Html);

    /// <summary>All leaves in order; the parts of an attached message are not among them.</summary>
    public IEnumerable<MimeEntity> BodyParts => Leaves(Body);

    /// <summary>The leaves whose disposition is "attachment".</summary>
    public IEnumerable<MimeEntity> Attachments => BodyParts.Where(part => part.IsAttachment);

    public static MimeMessage Load(Stream stream, CancellationToken cancellationToken = default) =>
        Load(ParserOptions.Default, stream, persistent: false, cancellationToken);

    /// <summary>Parses the structure; nothing is decoded yet.</summary>
    /// <param name="persistent">The octets stay as they are: content may be views of them.</param>
    /// <exception cref="FormatException">There is nothing, or the first line is no header field.</exception>
    public static MimeMessage Load(
        ParserOptions options, Stream stream, bool persistent, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return MessageParser.Parse(new MessageSource(ReadAll(stream, persistent), options));
    }

    /// <summary>The octets received; the line end between header and content may be missing there.</summary>
    public void WriteTo(FormatOptions options, Stream stream, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LineEnds.Write(_block.Octets, stream, options.NewLineFormat);
        LineEnds.Write("\r\n"u8, stream, options.NewLineFormat);
        LineEnds.Write(_block.Source.Octets[_content], stream, options.NewLineFormat);
    }

    internal void SetBody(MimeEntity body, Range content) => (Body, _content) = (body, content);

    private static ReadOnlyMemory<byte> ReadAll(Stream stream, bool persistent)
    {
        if (persistent && stream is MemoryStream memory && memory.TryGetBuffer(out var buffer))
        {
            return buffer[(int)memory.Position..];
        }

        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.GetBuffer().AsMemory(0, (int)copy.Length);
    }

    private string? GetTextBody(TextFormat format) => (Body switch
    {
        Multipart multipart => multipart.Find(format),
        TextPart { IsAttachment: false } text => text.As(format),
        _ => null,
    }) is { } body ? DisplayText(body) : null;

    private static string DisplayText(TextPart part)
    {
        var deletesSpace = "yes".Equals(part.ContentType.Parameters["delsp"]?.Trim(), StringComparison.OrdinalIgnoreCase);
        return part.IsFlowed ? FlowedText.Unflow(part.Text, deletesSpace) : part.Text;
    }

    private static IEnumerable<MimeEntity> Leaves(MimeEntity? root)
    {
        var open = new Stack<(Multipart Multipart, int Next)>();
        for (var entity = root; entity is not null || open.Count > 0;)
        {
            if (entity is Multipart multipart)
            {
                open.Push((multipart, 0));
            }
            else if (entity is not null)
            {
                yield return entity;
            }

            var (parent, next) = open.TryPop(out var top) ? top : default;
            entity = next < (parent?.Count ?? 0) ? parent![next] : null;
            if (entity is not null)
            {
                open.Push((parent!, next + 1));
            }
        }
    }

    private InternetAddressList Addresses(ReadOnlySpan<byte> name)
    {
        var addresses = new List<InternetAddress>();
        for (var index = _block.IndexOf(name); index >= 0; index = _block.IndexOf(name, index + 1))
        {
            if (AddressParser.TryParseList(_block.Value(_block[index]), isLenient: true, out var found))
            {
                addresses.AddRange(found);
            }
        }

        return new InternetAddressList(addresses);
    }
}
