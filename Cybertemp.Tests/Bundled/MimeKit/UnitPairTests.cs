using System.Text;
using System.Text.Json.Nodes;
using Cybertemp.SmtpReceiver.Mime;
using MimeKit;
using MimeKit.Utils;

namespace Cybertemp.Tests.Bundled.MimeKit;

/// <summary>Each input of units.json gives MimeKit's own output.</summary>
public class UnitPairTests
{
    static UnitPairTests() => _ = new MessageReader(new MimeLimits());

    [Fact]
    public void Address_lists() => AssertPairs("addressLists", input =>
    {
        var isReadable = InternetAddressList.TryParse(input, out var addresses);
        return new JsonObject
        {
            ["ok"] = isReadable,
            ["mailboxes"] = isReadable ? new JsonArray([.. addresses.Mailboxes.Select(WithRoute)]) : null,
            ["text"] = isReadable ? addresses.ToString() : null,
        };
    });

    [Fact]
    public void Address_header_fields() => AssertPairs("headerTo", input =>
    {
        var message = MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes($"To: {input}\r\n\r\nx")));
        return new JsonObject { ["mailboxes"] = MessageDescription.Mailboxes(message.To) };
    });

    [Fact]
    public void Single_mailboxes() => AssertPairs("mailbox", input =>
    {
        var isReadable = MailboxAddress.TryParse(input, out var mailbox);
        return new JsonObject
        {
            ["ok"] = isReadable,
            ["name"] = isReadable ? mailbox.Name : null,
            ["address"] = isReadable ? mailbox.Address : null,
        };
    });

    [Fact]
    public void Encoded_words() => AssertPairs("rfc2047", input => new JsonObject
    {
        ["text"] = Rfc2047.DecodeText(Encoding.UTF8.GetBytes(input)),
        ["phrase"] = Rfc2047.DecodePhrase(Encoding.UTF8.GetBytes(input)),
    });

    [Fact]
    public void Dates() => AssertPairs("dates", input =>
    {
        var isReadable = DateUtils.TryParse(input, out var date);
        return new JsonObject { ["ok"] = isReadable, ["date"] = isReadable ? MessageDescription.Time(date) : null };
    });

    [Fact]
    public void Content_types() => AssertPairs("contentTypes", input =>
    {
        var isReadable = ContentType.TryParse(input, out var type);
        return new JsonObject
        {
            ["ok"] = isReadable,
            ["mimeType"] = type?.MimeType,
            ["charset"] = type?.Charset,
            ["name"] = type?.Name,
            ["boundary"] = type?.Boundary,
            ["format"] = type?.Format,
            ["parameters"] = type is null ? null : Parameters(type.Parameters),
        };
    });

    [Fact]
    public void Content_dispositions() => AssertPairs("contentDispositions", input =>
    {
        var isReadable = ContentDisposition.TryParse(input, out var disposition);
        return new JsonObject
        {
            ["ok"] = isReadable,
            ["disposition"] = disposition?.Disposition,
            ["fileName"] = disposition?.FileName,
            ["isAttachment"] = disposition?.IsAttachment,
            ["parameters"] = disposition is null ? null : Parameters(disposition.Parameters),
        };
    });

    [Fact]
    public void Message_ids() => AssertPairs("messageIds", input => new JsonObject
    {
        ["parse"] = MimeUtils.ParseMessageId(input),
        ["references"] = new JsonArray([.. MimeUtils.EnumerateReferences(input).Select(id => JsonValue.Create(id))]),
    });

    private static void AssertPairs(string kind, Func<string, JsonObject> answer)
    {
        foreach (var pair in MimeCorpus.Units(kind).Select(pair => pair!.AsObject()))
        {
            var actual = answer((string)pair["input"]!);
            actual["input"] = (string)pair["input"]!;
            JsonComparison.AssertEqual(pair, actual);
        }
    }

    private static JsonObject WithRoute(MailboxAddress mailbox) => new()
    {
        ["name"] = mailbox.Name,
        ["address"] = mailbox.Address,
        ["route"] = mailbox.Route.Count == 0 ? null : mailbox.Route.ToString(),
    };

    private static JsonArray Parameters(ParameterList parameters) => [.. parameters.Select(parameter => new JsonObject
    {
        ["name"] = parameter.Name,
        ["value"] = parameter.Value,
    })];
}
