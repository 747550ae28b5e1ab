using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MimeKit;

namespace Cybertemp.Tests.Bundled.MimeKit;

/// <summary>A message in the form of expected.json.</summary>
internal static class MessageDescription
{
    public static JsonObject Of(byte[] content)
    {
        MimeMessage message;
        try
        {
            message = MimeMessage.Load(new MemoryStream(content));
        }
        catch (FormatException exception)
        {
            return new JsonObject { ["error"] = $"System.FormatException: {exception.Message}" };
        }

        return Of(message);
    }

    public static string Time(DateTimeOffset date) => date.ToString("O", CultureInfo.InvariantCulture);

    public static JsonArray Mailboxes(InternetAddressList addresses) => ToArray(addresses.Mailboxes, Mailbox);

    private static JsonObject Of(MimeMessage message) => new()
    {
        ["error"] = null,
        ["subject"] = message.Subject,
        ["from"] = Mailboxes(message.From),
        ["to"] = Mailboxes(message.To),
        ["cc"] = Mailboxes(message.Cc),
        ["replyTo"] = Mailboxes(message.ReplyTo),
        ["sender"] = message.Sender is { } sender ? Mailbox(sender) : null,
        ["fromText"] = message.From.ToString(),
        ["toText"] = message.To.ToString(),
        ["date"] = Time(message.Date),
        ["dateIsMin"] = message.Date == DateTimeOffset.MinValue,
        ["messageId"] = message.MessageId,
        ["inReplyTo"] = message.InReplyTo,
        ["references"] = ToArray(message.References, id => JsonValue.Create(id)),
        ["textBody"] = message.TextBody?.ReplaceLineEndings("\n"),
        ["htmlBody"] = message.HtmlBody?.ReplaceLineEndings("\n"),
        ["attachments"] = ToArray(message.Attachments, Attachment),
        ["bodyParts"] = ToArray(message.BodyParts, BodyPart),
        ["tnef"] = new JsonArray(),
        ["headers"] = ToArray(message.Headers, header => JsonValue.Create(header.Field)),
        ["tree"] = Tree(message.Body!),
    };

    private static JsonObject Mailbox(MailboxAddress mailbox) => new()
    {
        ["name"] = mailbox.Name,
        ["address"] = mailbox.Address,
    };

    private static JsonObject Attachment(MimeEntity entity)
    {
        var content = Content(entity);
        return new JsonObject
        {
            ["fileName"] = (entity as MimePart)?.FileName ?? entity.ContentDisposition?.FileName ?? entity.ContentType.Name,
            ["contentType"] = entity.ContentType.MimeType,
            ["size"] = content.Length,
            ["sha256"] = Hash(content),
            ["isMessage"] = entity is MessagePart,
        };
    }

    private static JsonObject BodyPart(MimeEntity entity)
    {
        var content = Content(entity);
        return new JsonObject
        {
            ["kind"] = entity.GetType().Name,
            ["contentType"] = entity.ContentType.MimeType,
            ["charset"] = entity.ContentType.Charset,
            ["name"] = entity.ContentType.Name,
            ["disposition"] = entity.ContentDisposition?.Disposition,
            ["dispositionFileName"] = entity.ContentDisposition?.FileName,
            ["fileName"] = (entity as MimePart)?.FileName,
            ["contentId"] = entity.ContentId,
            ["isAttachment"] = entity.IsAttachment,
            ["encoding"] = (entity as MimePart)?.ContentTransferEncoding.ToString(),
            ["size"] = content.Length,
            ["sha256"] = Hash(content),
        };
    }

    private static JsonObject Tree(MimeEntity entity)
    {
        var node = new JsonObject { ["type"] = entity.GetType().Name, ["ct"] = entity.ContentType.MimeType };
        switch (entity)
        {
            case Multipart multipart:
                node["children"] = ToArray(multipart, Tree);
                break;
            case MessagePart part:
                node["message"] = part.Message?.Body is { } body ? Tree(body) : null;
                break;
            default:
                node["size"] = Content(entity).Length;
                break;
        }

        return node;
    }

    private static byte[] Content(MimeEntity entity)
    {
        var stream = new MemoryStream();
        switch (entity)
        {
            case MimePart part:
                part.Content?.DecodeTo(stream);
                break;
            case MessagePart part:
                var options = FormatOptions.Default.Clone();
                options.NewLineFormat = NewLineFormat.Dos;
                part.Message?.WriteTo(options, stream);
                break;
        }

        return stream.ToArray();
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static JsonArray ToArray<T>(IEnumerable<T> items, Func<T, JsonNode?> convert) => [.. items.Select(convert)];
}
