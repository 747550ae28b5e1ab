using System.Text;
using Cybertemp.Mail.Mime;
using Cybertemp.Mail.Mime.Bounds;

namespace Cybertemp.Tests.Mail.Mime.Bounds;

public class FirstFieldTests
{
    private const string Header = "From: a@b.example\r\nSubject: s\r\n\r\nx";

    [Theory]
    [InlineData("")]
    [InlineData("   \r\n")]
    [InlineData("\r\n")]
    [InlineData("\n\n\n")]
    [InlineData("queued by mta4\r\n")]
    [InlineData("  an indented line\r\n\tand another\r\n")]
    [InlineData("From a@b.example Tue Jul 14 10:11:12 2026\r\n")]
    [InlineData(">From a@b.example Tue Jul 14\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n")]
    [InlineData("\u00ef\u00bb\u00bf")]
    [InlineData("\u00ef\u00bb\u00bf\r\n")]
    public void Lines_before_the_first_field_are_skipped(string before) => Assert.Equal(Header, From(before + Header));

    [Theory]
    [InlineData("X-A: b\r\nSubject: s\r\n\r\nx")]
    [InlineData("Subject : s\r\n\r\nx")]
    [InlineData("Subject\r\n : s\r\n\r\nx")]
    [InlineData("not a message at all")]
    [InlineData("not a message\r\n\r\nNote: remember the milk\r\n")]
    [InlineData("\r\nbody")]
    [InlineData("")]
    [InlineData(":\r\n")]
    public void Other_octets_stay(string content) => Assert.Equal(content, From(content));

    [Fact]
    public void A_field_far_down_is_text()
    {
        var content = string.Concat(Enumerable.Repeat("a line\r\n", 20)) + Header;

        Assert.Equal(content, From(content));
    }

    [Fact]
    public void What_was_skipped_is_noted()
    {
        var notes = new ParseNotes();

        FirstField.From(Encoding.Latin1.GetBytes("junk\r\n" + Header), notes);

        Assert.Equal("Lines before the first header field were ignored.", notes.ToString());
    }

    private static string From(string content) =>
        Encoding.Latin1.GetString(FirstField.From(Encoding.Latin1.GetBytes(content), new ParseNotes()).Span);
}
