using System.Text;
using Cybertemp.Mail.Mime;

namespace Cybertemp.Tests.Mail.Mime;

public class MessageAllocationTests
{
    private const int MaxAllocatedPerByte = 16;
    private const int MaxAllocatedForNothing = 256 * 1024;

    private static readonly MessageReader Reader = new(new MimeLimits());

    public static TheoryData<string, string> Kinds => new()
    {
        { "plain", Message("text/plain", "", Repeat("A line of text, as mail has them.\r\n")) },
        { "plain UTF-8", Message("text/plain; charset=utf-8", "", Repeat("Zeile für Zeile übermäßig größer\r\n")) },
        { "Latin-1 as UTF-16", Message("text/plain; charset=utf-16", "", Repeat("a\0b\0\r\0\n\0")) },
        {
            "html",
            Message("text/html", "", Repeat("<p>Some <b>words</b> and a <a href=\"https://e.org/1\">link</a></p>\r\n"))
        },
        { "html of tags only", Message("text/html", "", Repeat("<td><tr><li><p>")) },
        { "html of references", Message("text/html", "", Repeat("&amp;&lt;&#32;")) },
        { "html of links", Message("text/html", "", Repeat("<a href=\"https://e.org/\">x</a>")) },
        { "quoted-printable", Message("text/plain; charset=utf-8", "quoted-printable", Repeat("=C3=A4=\r\nabc\r\n")) },
        {
            "base64 text",
            Message(
                "text/plain; charset=utf-8", "base64", Convert.ToBase64String(Encoding.UTF8.GetBytes(Repeat("abcd"))))
        },
        {
            "base64 attachment",
            Message("application/pdf", "base64", Repeat("QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=\r\n"))
        },
        { "unknown type", Message("nonsense", "", Repeat("A line of text.\r\n")) },
        { "no parts", Message("multipart/mixed; boundary=never", "", Repeat("A line of text.\r\n")) },
        { "parts", Message("multipart/mixed; boundary=b", "", Repeat($"--b\r\n\r\n{new string('x', 200)}\r\n", 500)) },
        { "tiny parts", Message("multipart/mixed; boundary=b", "", Repeat("--b\r\n\r\nx\r\n", 19_000)) },
        {
            "nested parts",
            Message("multipart/mixed; boundary=b0", "", Nested(levels: 100) + Repeat("A line of text.\r\n"))
        },
        { "attached message", Message("message/rfc822", "", "Subject: x\r\n\r\n" + Repeat("A line of text.\r\n")) },
        { "no message", Repeat("no header\r\n") },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Allocates_no_more_than_sixteen_times_the_message(string kind, string message)
    {
        var octets = Encoding.UTF8.GetBytes(message);
        Reader.Read(octets);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Reader.Read(octets);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        var limit = (octets.Length * (long)MaxAllocatedPerByte) + MaxAllocatedForNothing;
        Assert.True(allocated <= limit, $"{kind}: {(double)allocated / octets.Length:F1} times");
    }

    /// <summary>Text and HTML of 4 KB: what most mail is.</summary>
    [Fact]
    public void Allocates_no_more_than_ten_times_a_usual_message()
    {
        var octets = Encoding.ASCII.GetBytes(
            "From: Shop <a@example.org>\r\nSubject: Your code\r\nMessage-ID: <1@example.org>\r\n"
            + "Date: Tue, 14 Jul 2026 10:11:12 +0200\r\nMIME-Version: 1.0\r\n"
            + "Content-Type: multipart/alternative; boundary=b\r\n\r\n"
            + "--b\r\nContent-Type: text/plain; charset=utf-8\r\n"
            + "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
            + Repeat("A line of text, as mail has them.\r\n", 40)
            + "--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
            + Repeat("<p>Some <b>words</b> and an end</p>\r\n", 70) + "--b--\r\n");
        for (var i = 0; i < 10; i++)
        {
            Reader.Read(octets);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Reader.Read(octets);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, octets.Length * 10);
    }

    /// <summary>What a finalizer waits for outlives a collection, with all that it refers to: the whole mail.</summary>
    [Theory]
    [InlineData("multipart/mixed; boundary=b")]
    [InlineData("multipart/mixed; boundary=never")]
    [InlineData("multipart/alternative; boundary=b")]
    public void Leaves_no_entity_to_the_finalizer(string type)
    {
        var octets = Encoding.UTF8.GetBytes(Message(
            type,
            "",
            "--b\r\n\r\nx\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\ny\r\n"
                + "--b\r\nContent-Type: image/png\r\n\r\nz\r\n--b--\r\n"));
        for (var i = 0; i < 1000; i++)
        {
            Reader.Read(octets);
            Reader.ReadAttachment(octets, 0);
        }

        GC.Collect();
        Assert.InRange(GC.GetGCMemoryInfo(GCKind.FullBlocking).FinalizationPendingCount, 0, 1000);
    }

    private static string Message(string type, string encoding, string body) =>
        $"From: a@example.org\r\nContent-Type: {type}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}";

    private static string Nested(int levels) => string.Concat(Enumerable.Range(0, levels).Select(level =>
        $"--b{level}\r\nContent-Type: multipart/mixed; boundary=b{level + 1}\r\n\r\n"));

    private static string Repeat(string unit, int count = 0) =>
        string.Concat(Enumerable.Repeat(unit, count == 0 ? 200_000 / unit.Length : count));
}
