using System.Text;
using System.Text.Json.Nodes;
using Cybertemp.Mail.Mime;

namespace Cybertemp.Tests.Mail.Mime;

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

        Assert.Equal(
            """[["Received","by a"],["Content-Type","text/plain"],["Received","by b"],["Subject","ü"]]""",
            parsed.Headers);
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
    [InlineData("Content-Type: multipart/mixed\n\n--b\n\ntext\n--b--", "text")]
    [InlineData("Content-Type: multipart/mixed\n\n--b\n\ntext\n--b", "--b\n\ntext\n--b")]
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
            Content-Disposition: attachment; filename="../notes.txt"

            notes
            --b--
            """).Attachments)!.AsArray();

        AssertAttachment(attachments[0]!, "a.pdf", "application/pdf", 4, contentId: null, inline: false, 1);
        AssertAttachment(attachments[1]!, "part-2.png", "image/png", 3, "logo@x", inline: false, 2);
        AssertAttachment(attachments[2]!, "message-3.eml", "message/rfc822", 19, contentId: null, inline: false, 3);
        AssertAttachment(attachments[3]!, "notes.txt", "text/plain", 5, contentId: null, inline: false, 4);
        Assert.Equal(4, attachments.Count);
    }

    [Theory]
    [InlineData("mixed", "<p>Hi</p>\n<pre>text &lt;1&gt;</pre>", "Hi\n\ntext <1>")]
    [InlineData("related", "<p>Hi</p>\n<pre>text &lt;1&gt;</pre>", "Hi\n\ntext <1>")]
    [InlineData("signed", "<p>Hi</p>\n<pre>text &lt;1&gt;</pre>", "Hi\n\ntext <1>")]
    [InlineData("x-unknown", "<p>Hi</p>\n<pre>text &lt;1&gt;</pre>", "Hi\n\ntext <1>")]
    [InlineData("alternative", "<p>Hi</p>", "text <1>")]
    public void Shows_all_texts_but_one_of_an_alternative(string subtype, string html, string text)
    {
        var parsed = Read(Multipart(subtype, Html("<p>Hi</p>"), Plain("text <1>")));

        Assert.Equal([html, text, "[]"], [parsed.Html, parsed.Text, parsed.Attachments]);
    }

    [Fact]
    public void Shows_an_alternative_whose_html_is_deep_in_it()
    {
        var mixed = Multipart("mixed", Html("<p>Hi</p>"), "Content-Type: application/pdf\n\nx", Plain("footer"));

        var parsed = Read(Multipart("alternative", Plain("plain"), mixed
            .Replace("=b", "=c", StringComparison.Ordinal).Replace("--b", "--c", StringComparison.Ordinal)));

        Assert.Equal(["<p>Hi</p>\n<pre>footer</pre>", "plain"], [parsed.Html, parsed.Text]);
        Assert.Contains("\"contentType\":\"application/pdf\"", parsed.Attachments, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain; name=a.txt", "", 1)]
    [InlineData("text/plain", "Content-Disposition: attachment\n", 1)]
    [InlineData("text/html; name=a.html", "Content-Disposition: x-thing\n", 1)]
    [InlineData("text/plain; name=a.txt", "Content-Disposition: inline\n", 0)]
    [InlineData("text/plain", "Content-Disposition: x-thing\n", 0)]
    [InlineData("text/csv", "", 1)]
    [InlineData("text/plain", "X: empty\n", 0, "")]
    public void Tells_attachments_from_texts(
        string type, string disposition, int attachments, string content = "second")
    {
        var parsed = Read(Multipart("mixed", Plain("first"), $"Content-Type: {type}\n{disposition}\n{content}"));

        Assert.Equal(attachments, JsonNode.Parse(parsed.Attachments)!.AsArray().Count);
        Assert.Equal(attachments == 0 && content.Length > 0 ? "first\n\nsecond" : "first", parsed.Text);
    }

    [Fact]
    public void An_invitation_is_an_attachment_with_a_name_of_its_own()
    {
        const string Calendar =
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY;LANGUAGE=de:Bootsfahrt\\, \n  lang\nEND:VEVENT\nEND:VCALENDAR";

        var parsed = Read(Multipart("alternative", Plain("come"), $"Content-Type: text/calendar\n\n{Calendar}"));

        Assert.Equal("come", parsed.Text);
        Assert.Contains("\"name\":\"Bootsfahrt,  lang.ics\"", parsed.Attachments, StringComparison.Ordinal);
    }

    [Fact]
    public void An_invitation_alone_says_what_it_is_about()
    {
        var parsed = Read("Content-Type: text/calendar\n\nBEGIN:VEVENT\nDTSTART:20261112T091400Z\nSUMMARY:Sauna\n"
            + "LOCATION:Pier 3\nEND:VEVENT");

        Assert.Equal("Sauna\n20261112T091400Z\nPier 3", parsed.Text);
    }

    [Fact]
    public void An_attached_message_that_is_none_keeps_its_octets()
    {
        var parsed = Read(Multipart("mixed", "Content-Type: message/rfc822\n\nno field here\n\nsecond paragraph"));

        Assert.Contains("no field here", parsed.Text, StringComparison.Ordinal);
        Assert.Contains("\"sizeBytes\":33", parsed.Attachments, StringComparison.Ordinal);
    }

    [Fact]
    public void Header_values_never_hold_line_ends()
    {
        var parsed = Read("Subject: =?utf-8?Q?a=0D=0Ab?=\nno field\n folded\nX: a\n b\n\nx");

        Assert.Equal("""[["Subject","a b"],["no field folded",""],["X","a b"]]""", parsed.Headers);
    }

    [Fact]
    public void Two_multiparts_that_lack_their_boundary_are_one_guess()
    {
        var parsed = Read(Multipart(
            "mixed", Plain("first"),
            "Content-Type: multipart/alternative; boundary=wrong\n\n--right\n\nsecond\n--right--"));

        Assert.Equal("first\n\nsecond", parsed.Text);
        Assert.Equal("The parts were told apart by a delimiter that the header does not name.", parsed.ParseNote);
    }

    [Fact]
    public void Notes_nothing_in_whole_messages()
    {
        string[] whole =
            ["c-alternative.eml", "c-calendar.eml", "c-flowed.eml", "c-rfc822-attach.eml", "c-utf8-headers.eml"];

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

    private static string Plain(string text) => $"Content-Type: text/plain\n\n{text}";

    private static string Html(string html) => $"Content-Type: text/html\n\n{html}";

    private static string Multipart(string subtype, params string[] parts) =>
        $"Content-Type: multipart/{subtype}; boundary=b\n\n"
            + $"{string.Concat(parts.Select(part => $"--b\n{part}\n"))}--b--\n";
}
