using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using MimeKit;

namespace Cybertemp.SmtpReceiver.Mime;

/// <summary>What the tables hold of received octets. Thread-safe; never throws, whatever the octets.</summary>
internal sealed class MessageReader(MimeLimits limits)
{
    static MessageReader() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public ParsedMessage Read(ReadOnlyMemory<byte> content)
    {
        try
        {
            using var stream = new MemoryStream(content.ToArray(), writable: false);
            return Map(MimeMessage.Load(stream));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return Unreadable(content.Span, exception);
        }
    }

    private ParsedMessage Map(MimeMessage message)
    {
        var from = message.From.Mailboxes.ToList();
        return new ParsedMessage
        {
            FromName = StoredText.Clean(from.FirstOrDefault()?.Name, limits.MaxFieldLength),
            FromAddress = StoredText.Clean(from.FirstOrDefault()?.Address, limits.MaxFieldLength),
            From = from.ConvertAll(mailbox => StoredText.Clean(mailbox.Address, limits.MaxFieldLength)),
            Subject = StoredText.Clean(message.Subject, limits.MaxFieldLength),
            Text = StoredText.Clean(message.TextBody ?? message.HtmlBody, limits.MaxTextLength),
            Html = StoredText.Clean(message.HtmlBody, limits.MaxTextLength),
            MessageId = StoredText.Clean(message.MessageId, limits.MaxFieldLength),
            Date = message.Date == DateTimeOffset.MinValue ? null : message.Date,
            Headers = JsonSerializer.Serialize(message.Headers.Select(header => new[]
            {
                StoredText.Clean(header.Field, limits.MaxFieldLength), StoredText.Clean(header.Value, limits.MaxFieldLength),
            })),
        };
    }

    private ParsedMessage Unreadable(ReadOnlySpan<byte> content, Exception exception) => new()
    {
        Text = StoredText.Clean(
            Utf8.IsValid(content) ? Encoding.UTF8.GetString(content) : Encoding.Latin1.GetString(content), limits.MaxTextLength),
        ParseNote = StoredText.Clean($"The message could not be parsed: {exception.Message}", limits.MaxFieldLength),
    };
}
