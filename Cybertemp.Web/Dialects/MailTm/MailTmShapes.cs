using System.Globalization;
using System.Text.Json.Nodes;
using Cybertemp.Web.Access.SignIn;
using Cybertemp.Web.Messages.Answers;

namespace Cybertemp.Web.Dialects.MailTm;

/// <summary>The objects of mail.tm, made of ours.</summary>
internal static class MailTmShapes
{
    private const long Quota = 40_000_000;

    public static JsonObject Domain(string domain)
    {
        var since = Iso(DateTime.UnixEpoch);
        return new JsonObject
        {
            ["@type"] = "Domain",
            ["@id"] = $"/domains/{domain}",
            ["id"] = domain,
            ["domain"] = domain,
            ["isActive"] = true,
            ["isPrivate"] = false,
            ["createdAt"] = since,
            ["updatedAt"] = since,
        };
    }

    public static JsonObject Of(Account account) => new()
    {
        ["@type"] = "Account",
        ["@id"] = AccountPath(account),
        ["id"] = account.Id.ToString("D"),
        ["address"] = account.Address,
        ["quota"] = Quota,
        ["used"] = 0,
        ["isDisabled"] = false,
        ["isDeleted"] = false,
        ["createdAt"] = Iso(account.CreatedAt),
        ["updatedAt"] = Iso(account.CreatedAt),
    };

    public static string AccountPath(Account account) => $"/accounts/{account.Id:D}";

    public static JsonObject Of(MessageSummary message, Account account, string messageId)
    {
        var shape = Head(message.Id, account, messageId, message.From, message.To, message.Subject, message.Read);
        shape["intro"] = message.Intro;
        shape["hasAttachments"] = message.Attachments > 0;
        AddEnd(shape, message.Id, message.SizeBytes, message.ReceivedAt);
        return shape;
    }

    public static JsonObject Of(MessageDetail message, Account account)
    {
        var shape = Head(
            message.Id, account, message.MessageId, message.From, message.To, message.Subject, message.Read);
        shape["cc"] = new JsonArray();
        shape["bcc"] = new JsonArray();
        shape["flagged"] = false;
        shape["verifications"] = new JsonArray();
        shape["retention"] = message.ExpiresAt is not null;
        shape["retentionDate"] = message.ExpiresAt is { } end ? Iso(end) : null;
        shape["text"] = message.Text;
        shape["html"] = message.Html.Length == 0 ? [] : new JsonArray(message.Html);
        shape["hasAttachments"] = message.Attachments.Count > 0;
        shape["attachments"] = new JsonArray([.. message.Attachments.Select(a => (JsonNode)Of(a, message.Id))]);
        AddEnd(shape, message.Id, message.SizeBytes, message.ReceivedAt);
        return shape;
    }

    private static JsonObject Head(
        Guid id, Account account, string messageId, MailSender from, string to, string subject, bool isRead) => new()
        {
            ["@type"] = "Message",
            ["@id"] = $"/messages/{id:D}",
            ["id"] = id.ToString("D"),
            ["accountId"] = AccountPath(account),
            ["msgid"] = messageId.Length == 0 ? "" : $"<{messageId}>",
            ["from"] = new JsonObject { ["address"] = from.Address, ["name"] = from.Name },
            ["to"] = new JsonArray(new JsonObject { ["address"] = to, ["name"] = "" }),
            ["subject"] = subject,
            ["seen"] = isRead,
            ["isDeleted"] = false,
        };

    private static void AddEnd(JsonObject shape, Guid id, int sizeBytes, DateTime receivedAt)
    {
        shape["size"] = sizeBytes;
        shape["downloadUrl"] = $"/messages/{id:D}/download";
        shape["sourceUrl"] = $"/sources/{id:D}";
        shape["createdAt"] = Iso(receivedAt);
        shape["updatedAt"] = Iso(receivedAt);
    }

    private static JsonObject Of(MessageAttachment attachment, Guid id) => new()
    {
        ["id"] = attachment.Index.ToString(CultureInfo.InvariantCulture),
        ["filename"] = attachment.Name,
        ["contentType"] = attachment.ContentType,
        ["disposition"] = attachment.Inline ? "inline" : "attachment",
        ["transferEncoding"] = "base64",
        ["related"] = attachment.Inline,
        ["size"] = attachment.SizeBytes,
        ["downloadUrl"] = string.Create(
            CultureInfo.InvariantCulture, $"/messages/{id:D}/attachment/{attachment.Index}"),
    };

    private static string Iso(DateTime time) =>
        time.ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", CultureInfo.InvariantCulture);
}
