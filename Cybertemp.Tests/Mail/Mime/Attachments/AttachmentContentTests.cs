using System.Text;
using System.Text.Json;
using Cybertemp.Mail.Mime;

namespace Cybertemp.Tests.Mail.Mime.Attachments;

public class AttachmentContentTests
{
    private static readonly MessageReader Reader = new(new MimeLimits());

    public static TheoryData<string> Messages => [.. MimeCorpus.Names];

    [Theory]
    [MemberData(nameof(Messages))]
    public void Has_as_many_octets_as_the_list_says(string name)
    {
        var raw = MimeCorpus.Read(name);
        var listed = Sizes(Reader.Read(raw));
        Assert.Equal(listed, listed.Select((_, place) => (long)Reader.ReadAttachment(raw, place)!.Value.Length));
        Assert.Null(Reader.ReadAttachment(raw, listed.Count));
        Assert.Null(Reader.ReadAttachment(raw, -1));
    }

    [Fact]
    public void Is_what_was_sent()
    {
        var sent = new byte[10_000];
        new Random(7).NextBytes(sent);
        var raw = Encoding.ASCII.GetBytes(
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhello\r\n--b\r\nContent-Type: image/png\r\n"
                + "Content-Disposition: attachment; filename=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Convert.ToBase64String(sent, Base64FormattingOptions.InsertLineBreaks) + "\r\n--b--\r\n");
        Assert.Equal(sent, Reader.ReadAttachment(raw, 0)!.Value.ToArray());
    }

    [Fact]
    public void Of_an_attached_message_ends_its_lines_as_mail_does()
    {
        var raw = Encoding.ASCII.GetBytes(
            "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nhello\n--b\nContent-Type: message/rfc822\n\n"
                + "Subject: inner\n\nbody\n--b--\n");
        Assert.Equal(
            "Subject: inner\r\n\r\nbody", Encoding.ASCII.GetString(Reader.ReadAttachment(raw, 0)!.Value.Span));
    }

    private static List<long> Sizes(ParsedMessage message)
    {
        using var attachments = JsonDocument.Parse(message.Attachments);
        return [.. attachments.RootElement.EnumerateArray().Select(static a => a.GetProperty("sizeBytes").GetInt64())];
    }
}
