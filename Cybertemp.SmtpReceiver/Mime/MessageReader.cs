using System.Runtime.InteropServices;
using System.Text;
using MimeKit;

namespace Cybertemp.SmtpReceiver.Mime;

/// <summary>What the tables hold of received octets. Thread-safe; never throws, whatever the octets.</summary>
internal sealed class MessageReader(MimeLimits limits)
{
    private readonly ParserOptions _options = new() { MaxMimeDepth = limits.MaxDepth };

    static MessageReader() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public ParsedMessage Read(ReadOnlyMemory<byte> content)
    {
        try
        {
            var notes = new ParseNotes();
            using var stream = Open(BoundedContent.Of(content, limits, notes));
            return Map(MimeMessage.Load(_options, stream, persistent: true), notes);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return Unreadable(content.Span, exception);
        }
    }

    /// <summary>Without a copy where there is an array: the parser keeps views of it.</summary>
    private static MemoryStream Open(ReadOnlyMemory<byte> content) => MemoryMarshal.TryGetArray(content, out var array)
        ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false, publiclyVisible: true)
        : new MemoryStream(content.ToArray(), writable: false);

    private ParsedMessage Map(MimeMessage message, ParseNotes notes)
    {
        var headers = new HeaderFields(message, limits);
        var from = headers.From(notes);
        var body = BodyText.Of(message, limits, notes);
        return new ParsedMessage
        {
            FromName = Field(from.FirstOrDefault()?.Name),
            FromAddress = Field(from.FirstOrDefault()?.Address),
            From = from.ConvertAll(mailbox => Field(mailbox.Address)),
            Subject = headers.Subject,
            Text = StoredText.Clean(body.Text, limits.MaxTextLength),
            Html = StoredText.Clean(body.Html, limits.MaxTextLength),
            MessageId = Field(message.MessageId),
            Date = message.Date == DateTimeOffset.MinValue ? null : message.Date,
            Attachments = AttachmentList.ToJson(message, body, limits, notes),
            Headers = headers.ToJson(),
            ParseNote = notes.ToString(),
        };
    }

    private string Field(string? value) => StoredText.Clean(value, limits.MaxFieldLength);

    private ParsedMessage Unreadable(ReadOnlySpan<byte> content, Exception exception) => new()
    {
        Text = StoredText.Clean(RawText.Decode(content), limits.MaxTextLength),
        ParseNote = Field($"The message could not be parsed, its octets are shown: {exception.Message}"),
    };
}
