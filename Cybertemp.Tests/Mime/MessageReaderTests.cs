using System.Text;
using System.Text.Json.Nodes;
using Cybertemp.SmtpReceiver.Mime;
using Cybertemp.Tests.Bundled.MimeKit;

namespace Cybertemp.Tests.Mime;

public class MessageReaderTests
{
    private static readonly MessageReader Reader = new(new MimeLimits());

    [Fact]
    public void Keeps_what_the_columns_hold()
    {
        var parsed = Read("""
            From: =?utf-8?Q?Ren=C3=A9e?= <renee@example.com>, Bob <bob@example.com>
            Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=
            Date: Tue, 14 Jul 2026 10:11:12 +0200
            Message-ID: <id@example.com>

            Hello
            """);

        Assert.Equal("Renée", parsed.FromName);
        Assert.Equal("renee@example.com", parsed.FromAddress);
        Assert.Equal(["renee@example.com", "bob@example.com"], parsed.From);
        Assert.Equal("Grüße", parsed.Subject);
        Assert.Equal("Hello", parsed.Text);
        Assert.Equal("", parsed.Html);
        Assert.Equal("id@example.com", parsed.MessageId);
        Assert.Equal(new DateTimeOffset(2026, 7, 14, 10, 11, 12, TimeSpan.FromHours(2)), parsed.Date);
        Assert.Equal("[]", parsed.Attachments);
        Assert.Equal("", parsed.ParseNote);
    }

    [Fact]
    public void Keeps_header_fields_in_order_decoded()
    {
        var parsed = Read("""
            Received: by a
            Content-Type: text/plain
            Received: by b
            Subject: =?utf-8?Q?=C3=BC?=

            x
            """);

        Assert.Equal("""[["Received","by a"],["Content-Type","text/plain"],["Received","by b"],["Subject","ü"]]""", parsed.Headers);
    }

    [Fact]
    public void Makes_text_of_html_and_leaves_html_as_sent()
    {
        var parsed = Read("""
            Content-Type: text/html

            <p>Hi <a href="https://example.org/c">confirm</a></p><script>x</script>
            """);

        Assert.Equal("Hi confirm (https://example.org/c)", parsed.Text);
        Assert.Equal("""<p>Hi <a href="https://example.org/c">confirm</a></p><script>x</script>""", parsed.Html);
    }

    [Theory]
    [InlineData("text/html", " \r\n", "<p>only here</p>", "only here")]
    [InlineData("text/html", "plain", "<p>html</p>", "plain")]
    public void Prefers_a_plain_text_that_says_something(string type, string plain, string other, string expected)
    {
        var parsed = Read($"""
            Content-Type: multipart/alternative; boundary=b

            --b

            {plain}
            --b
            Content-Type: {type}

            {other}
            --b--
            """);

        Assert.Equal(expected, parsed.Text);
        Assert.Equal("[]", parsed.Attachments);
    }

    [Theory]
    [InlineData("Content-Type: multipart/mixed; boundary=never\n\npreamble only", "preamble only")]
    [InlineData("Content-Type: multipart/mixed\n\n--b\n\ntext\n--b--", "--b\n\ntext\n--b--")]
    [InlineData("Content-Type: text\n\nbare type", "bare type")]
    [InlineData("Content-Type: nonsense\n\ncaf\u00e9", "café")]
    [InlineData("Content-Type: message/rfc822\n\nSubject: in\n\ninner", "inner")]
    [InlineData("Content-Type: text/plain\nContent-Disposition: attachment\n\nattached", "attached")]
    [InlineData("Content-Type: text/csv\n\na,b", "a,b")]
    [InlineData("not a message at all", "not a message at all")]
    public void Has_text_when_there_is_anything_to_read(string message, string text)
    {
        var parsed = Read(message);

        Assert.Equal(text, parsed.Text);
        Assert.NotEmpty(parsed.ParseNote);
    }

    [Fact]
    public void Does_not_show_octets_that_are_no_text()
    {
        var parsed = Read("Content-Type: application/octet-stream\n\nPK\u0003\u0004\0\0");

        Assert.Equal("", parsed.Text);
        Assert.Contains("\"sizeBytes\":6", parsed.Attachments, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_other_part_is_an_attachment()
    {
        var attachments = JsonNode.Parse(Read("""
            Content-Type: multipart/mixed; boundary=b

            --b

            the body
            --b
            Content-Type: application/pdf; name="C:\\docs\\a.pdf"
            Content-Transfer-Encoding: base64

            JVBERg==
            --b
            Content-Type: image/png
            Content-Id: <logo@x>

            PNG
            --b
            Content-Type: message/rfc822

            Subject: inner

            x
            --b
            Content-Type: text/plain
            Content-Disposition: inline; filename="../notes.txt"

            notes
            --b--
            """).Attachments)!.AsArray();

        AssertAttachment(attachments[0]!, "a.pdf", "application/pdf", 4, contentId: null, inline: false, 1);
        AssertAttachment(attachments[1]!, "part-2.png", "image/png", 3, "logo@x", inline: true, 2);
        AssertAttachment(attachments[2]!, "message-3.eml", "message/rfc822", 19, contentId: null, inline: false, 3);
        AssertAttachment(attachments[3]!, "notes.txt", "text/plain", 5, contentId: null, inline: true, 4);
        Assert.Equal(4, attachments.Count);
    }

    [Fact]
    public void Notes_nothing_in_whole_messages()
    {
        string[] whole = ["c-alternative.eml", "c-calendar.eml", "c-flowed.eml", "c-rfc822-attach.eml", "c-utf8-headers.eml"];

        Assert.All(whole, name => Assert.Equal("", Reader.Read(MimeCorpus.Read(name)).ParseNote));
    }

    private static ParsedMessage Read(string message) =>
        Reader.Read(Encoding.Latin1.GetBytes(message.ReplaceLineEndings("\r\n")));

    private static void AssertAttachment(
        JsonNode attachment, string name, string type, int size, string? contentId, bool inline, int index)
    {
        var expected = new JsonObject
        {
            ["name"] = name,
            ["contentType"] = type,
            ["sizeBytes"] = size,
            ["contentId"] = contentId,
            ["inline"] = inline,
            ["index"] = index,
        };
        Assert.True(JsonNode.DeepEquals(expected, attachment), attachment.ToJsonString());
    }
}
