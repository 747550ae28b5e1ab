using System.Globalization;
using System.Text.Json.Nodes;
using Cybertemp.Mail.Mime;
using Cybertemp.Mail.Mime.Attachments;

namespace Cybertemp.Tests.Mail.Mime;

/// <summary>
/// What is stored is what MimeKit says of the message, but for the few on which a careful reader differs.
/// </summary>
public class CorpusTests
{
    private static readonly MimeLimits Limits = new();
    private static readonly MessageReader Reader = new(Limits);

    public static TheoryData<string> Messages =>
        [.. MimeCorpus.Expected.Select(message => (string)message!["file"]!)];

    [Theory]
    [MemberData(nameof(Messages))]
    public void Stores_what_MimeKit_or_the_reader_says(string name)
    {
        var expected = MimeCorpus.Expected.Single(message => (string?)message!["file"] == name)!.AsObject();
        var parsed = Reader.Read(MimeCorpus.Read(name));
        if (expected["error"] is not null)
        {
            return;
        }

        Assert.Equal(StoredText.Clean((string?)expected["subject"], Limits.MaxFieldLength), parsed.Subject);
        AssertText((string?)expected["messageId"], parsed.MessageId);
        Assert.Equal(
            expected["from"]!.AsArray().Select(mailbox => (string)mailbox!["address"]!), parsed.From,
            StringComparer.Ordinal);
        AssertText((string?)expected["from"]![0]!["name"], parsed.FromName);
        AssertText((string?)expected["from"]![0]!["address"], parsed.FromAddress);
        AssertDate(expected, parsed.Date);
        AssertBodies(expected, parsed);
        Assert.Equal(
            expected["headers"]!.AsArray().Select(header => ((string)header!).Trim()),
            Fields(parsed.Headers).Where(field => !field.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)),
            StringComparer.Ordinal);
        AssertAttachments(expected["bodyParts"]!.AsArray(), parsed.Attachments);
    }

    [Fact]
    public void Has_an_answer_for_each_message() =>
        Assert.Equal(
            MimeCorpus.Names,
            MimeCorpus.Expected.Select(message => (string)message!["file"]!).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);

    private static void AssertText(string? expected, string actual) =>
        Assert.Equal((expected ?? "").Replace('\0', '\uFFFD'), actual);

    private static void AssertDate(JsonObject expected, DateTimeOffset? date)
    {
        var said = DateTimeOffset.Parse((string)expected["date"]!, CultureInfo.InvariantCulture);
        Assert.Equal((bool)expected["dateIsMin"]! ? null : said, date);
    }

    /// <summary>Not judged where the library knows no text: the reader is shown one all the same.</summary>
    private static void AssertBodies(JsonObject expected, ParsedMessage parsed)
    {
        if ((string?)expected["textBody"] is { } text)
        {
            Assert.Equal(text.Replace('\0', '\uFFFD').TrimEnd(), parsed.Text.TrimEnd());
        }

        if (expected["htmlContains"] is JsonArray fragments)
        {
            Assert.All(
                fragments, fragment => Assert.Contains((string)fragment!, parsed.Html, StringComparison.Ordinal));
        }
        else
        {
            Assert.Equal(((string?)expected["htmlBody"] ?? "").TrimEnd(), parsed.Html.TrimEnd());
        }
    }

    private static IEnumerable<string> Fields(string headers) =>
        JsonNode.Parse(headers)!.AsArray().Select(header => (string)header![0]!);

    /// <summary>"index" is the place among the leaves as the library counts them.</summary>
    private static void AssertAttachments(JsonArray leaves, string attachments)
    {
        foreach (var attachment in JsonNode.Parse(attachments)!.AsArray())
        {
            var leaf = leaves[(int)attachment!["index"]!]!;
            Assert.Equal((string)leaf["contentType"]!, (string)attachment["contentType"]!);
            Assert.Equal((int)leaf["size"]!, (int)attachment["sizeBytes"]!);
            Assert.Equal((string?)leaf["contentId"], (string?)attachment["contentId"]);
            AssertName((string?)leaf["fileName"], (string)attachment["name"]!);
        }
    }

    /// <summary>The library takes the backslashes of a path for quotes of the next character.</summary>
    private static void AssertName(string? expected, string name)
    {
        if (expected is not (null or "C:tempnew.exe"))
        {
            Assert.Equal(SafeFileName.Of(expected, ""), name);
        }
    }
}
