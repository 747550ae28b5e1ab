using System.Text;
using Cybertemp.SmtpReceiver.Mime;
using MimeKit;
using MimeKit.Parsing;

namespace Cybertemp.Tests.Bundled.MimeKit;

/// <summary>Hostile messages cost work in proportion to their length; the work is counted, not timed.</summary>
public class MimeWorkTests
{
    private const int MaxWorkPerOctet = 8;
    private const int Megabyte = 1024 * 1024;

    [Fact]
    public void A_hundred_thousand_parts()
    {
        var message = Parse($"Content-Type: multipart/mixed; boundary=b\r\n\r\n{Repeat("--b\r\n\r\nx\r\n", 100_000)}--b--");

        Assert.Equal(100_000, message.BodyParts.Count());
    }

    [Fact]
    public void Fifty_thousand_header_fields()
    {
        var message = Parse($"{Repeat("X-A: b\r\n", 50_000)}Subject: last\r\n\r\n");

        Assert.Equal("last", message.Subject);
        Assert.Equal(50_001, message.Headers.Count);
    }

    [Theory]
    [InlineData("=?utf-8?Q?a?= ")]
    [InlineData("=?utf-8?Q?a ")]
    [InlineData("=?")]
    [InlineData("=?a?q?=?b")]
    [InlineData("\u00e9 ")]
    [InlineData("=?x-unknown-charset?B?4A==?=")]
    public void A_megabyte_of_subject(string unit)
    {
        var message = Parse($"Subject: {Repeat(unit, Megabyte / unit.Length)}\r\n\r\n", read => _ = read.Subject);

        Assert.NotNull(message.Subject);
    }

    [Theory]
    [InlineData("a,")]
    [InlineData("a@b,")]
    [InlineData("\"a\" ")]
    [InlineData("\"a\\\" ")]
    [InlineData("a b \\, ")]
    [InlineData("<a")]
    [InlineData("a:")]
    [InlineData("(")]
    [InlineData("(a)")]
    [InlineData("a(,")]
    [InlineData("a.")]
    [InlineData("[a@[")]
    [InlineData("a@b.")]
    public void A_megabyte_of_addresses(string unit) =>
        Parse($"To: {Repeat(unit, Megabyte / unit.Length)}\r\n\r\n", read => _ = read.To);

    [Theory]
    [InlineData("message/rfc822")]
    [InlineData("multipart/digest; boundary=b")]
    public void Five_thousand_nested_messages(string type)
    {
        var depth = 0;
        var body = Parse(Repeat($"Content-Type: {type}\r\n\r\n--b\r\n\r\n", 5_000)).Body;
        while (body is MessagePart or Multipart { Count: > 0 })
        {
            body = body is MessagePart part ? part.Message?.Body : ((Multipart)body)[0];
            depth++;
        }

        Assert.InRange(depth, 1, ParserOptions.Default.MaxMimeDepth + 1);
    }

    [Fact]
    public void Nested_multiparts_with_many_delimiter_lines()
    {
        var open = string.Concat(Enumerable.Range(0, 30).Select(level =>
            $"Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n"));

        Parse(open + "\r\n" + Repeat("--\r\n", 10_000));
    }

    [Fact]
    public void Deep_comments_in_every_structured_field()
    {
        var comment = new string('(', 100_000) + new string(')', 100_000);

        var message = Parse(
            $"From: {comment} a@b\r\nDate: {comment} 14 Jul 2026\r\nMessage-ID: {comment} <a@b>\r\n"
            + $"Content-Type: {comment} text/plain {comment}; charset={comment}\r\n\r\nx");

        Assert.Equal("a@b", message.From.Mailboxes.Single().Address);
        Assert.Equal(2026, message.Date.Year);
        Assert.Equal("a@b", message.MessageId);
        Assert.Equal("x", message.TextBody);
    }

    [Theory]
    [InlineData("a=b;")]
    [InlineData("a*0=b;")]
    [InlineData("a*1*=%C3;")]
    public void A_megabyte_of_parameters(string unit) =>
        Parse($"Content-Type: text/plain; {Repeat(unit, Megabyte / unit.Length)}\r\n\r\n");

    [Theory]
    [InlineData("<a@b> ")]
    [InlineData("<a")]
    [InlineData("\"")]
    public void A_megabyte_of_references(string unit) => Parse(
        $"References: {Repeat(unit, Megabyte / unit.Length)}\r\n\r\n", read => _ = read.References);

    private static MimeMessage Parse(string text, Action<MimeMessage>? read = null)
    {
        var octets = Encoding.UTF8.GetBytes(text);
        MimeMessage? message = null;
        var work = Work(() =>
        {
            message = MimeMessage.Load(new MemoryStream(octets));
            read?.Invoke(message);
        });
        Assert.InRange(work, 0, (long)octets.Length * MaxWorkPerOctet);
        return message!;
    }

    private static long Work(Action action)
    {
        _ = new MessageReader(new MimeLimits());
        var before = WorkMeter.Octets;
        action();
        return WorkMeter.Octets - before;
    }

    private static string Repeat(string unit, int count) => string.Concat(Enumerable.Repeat(unit, count));
}
