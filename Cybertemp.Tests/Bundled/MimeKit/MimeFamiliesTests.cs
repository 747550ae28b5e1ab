using System.Text;
using Cybertemp.SmtpReceiver.Mime;
using MimeKit;
using MimeKit.Utils;

namespace Cybertemp.Tests.Bundled.MimeKit;

/// <summary>MimeKit's answers to kinds of mail that the corpus has one of: the same kinds, other messages.</summary>
public class MimeFamiliesTests
{
    static MimeFamiliesTests() => _ = new MessageReader(new MimeLimits());

    [Theory]
    [InlineData("From x@y Tue Jul 14\nSubject: s\n\nx", "s", "x")]
    [InlineData(">From x@y Tue Jul 14\nSubject: s\n\nx", "s", "x")]
    [InlineData("\u00ef\u00bb\u00bfSubject: bom\n\nx", "bom", "x")]
    [InlineData("Subject: a\nno colon here\nTo: b\n\nx", "a", "x")]
    [InlineData("\n", null, "")]
    [InlineData("\nbody", null, "body")]
    [InlineData("Subject: only", "only", "")]
    [InlineData("Subject: caf\u00e9 gr\u00c3\u00bcn\n\nx", "café grün", "x")]
    [InlineData("Subject: a\nSubject: b\n\nx", "a", "x")]
    public void Header_syntax(string message, string? subject, string text)
    {
        var parsed = Parse(message);

        Assert.Equal(subject, parsed.Subject);
        Assert.Equal(text, parsed.TextBody);
    }

    [Theory]
    [InlineData("", "End of stream.")]
    [InlineData("garbage\nSubject: s\n\nx", "Failed to parse message headers.")]
    [InlineData(" Subject: s\n\nx", "Failed to parse message headers.")]
    public void Errors(string message, string error) =>
        Assert.Equal(error, Assert.Throws<FormatException>(() => Parse(message)).Message);

    [Fact]
    public void A_line_without_colon_is_a_field_of_its_own() =>
        Assert.Equal("no colon here\r\n", Parse("Subject: a\nno colon here\nTo: b\n\nx").Headers[1].Field);

    [Theory]
    [InlineData("us-ascii", "a\u00e9b", "a?b")]
    [InlineData("utf-8", "a\u00e9b", "a\uFFFDb")]
    [InlineData("iso-8859-15", "\u00a4", "€")]
    [InlineData("ISO8859-1", "\u00e9", "é")]
    [InlineData("cp1252", "\u0080", "€")]
    [InlineData("windows-1251", "\u00cf\u00f0\u00e8", "При")]
    [InlineData("ibm850", "\u0081", "ü")]
    [InlineData("koi8-u", "\u00f0", "П")]
    [InlineData("shift_jis", "\u0083\u0065\u0083\u0058\u0083\u0067", "テスト")]
    [InlineData("iso-2022-jp", "\u001b$B%F%9%H\u001b(B", "テスト")]
    [InlineData("euc-jp", "\u00a5\u00c6\u00a5\u00b9\u00a5\u00c8", "テスト")]
    [InlineData("gb2312", "\u00c4\u00e3", "你")]
    [InlineData("gb18030", "\u00c4\u00e3", "你")]
    [InlineData("unicode", "\u00c3\u00a9", "é")]
    [InlineData("utf-7", "caf\u00e9.", "café.")]
    [InlineData("\"\"", "\u00c3\u00a9", "é")]
    [InlineData("latin5", "\u00fd", "ı")]
    [InlineData("latin9", "\u00a4", "€")]
    [InlineData("utf-8", "caf\u00c3", "caf")]
    [InlineData("big5", "a\u00a7", "a")]
    public void Charsets(string charset, string octets, string text) =>
        Assert.Equal(text, Parse($"Content-Type: text/plain; charset={charset}\n\n{octets}").TextBody);

    [Theory]
    [InlineData("\u00ff\u00fea\0", "\uFEFFa")]
    [InlineData("\u00fe\u00ff\0a", "\uFEFFa")]
    [InlineData("\u00ef\u00bb\u00bfa", "\uFEFFa")]
    public void Byte_order_marks_decide_and_stay(string octets, string text) =>
        Assert.Equal(text, Parse($"Content-Type: text/plain\n\n{octets}").TextBody);

    [Theory]
    [InlineData("<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=koi8-r\">\u00f0.", "П.")]
    [InlineData("<HTML lang=ru><HEAD><META x='>' CHARSET='koi8-r'>\u00f0.", "П.")]
    [InlineData("<html><head><!-- <meta charset=utf-8> --><meta charset=koi8-r>\u00f0.", "П.")]
    [InlineData("<html><head><title><meta charset=utf-8></title><meta charset=koi8-r charset=utf-8>\u00f0.", "П.")]
    [InlineData("<html><head></head><meta charset=koi8-r>\u00f0.", "П.")]
    [InlineData("<meta charset=koi8-r>\u00f0.", "ð.")]
    [InlineData("<html><body><meta charset=koi8-r>\u00f0.", "ð.")]
    [InlineData("<html><head><meta charset=utf-16>\u00c3\u00bc.", "ü.")]
    public void Html_names_its_own_charset(string html, string end) =>
        Assert.EndsWith(end, Parse($"Content-Type: text/html\n\n{html}").HtmlBody, StringComparison.Ordinal);

    [Theory]
    [InlineData("base64", "QUJD\nREVG\n", "ABCDEF")]
    [InlineData("base64", "QQ==QUI=\n", "AAB")]
    [InlineData("BASE64", "QUJD", "ABC")]
    [InlineData("base64 (comment)", "QUJD", "ABC")]
    [InlineData("(comment) base64", "QUJD", "QUJD")]
    [InlineData("base64;", "QUJD", "ABC")]
    [InlineData("x-unknown", "=41", "=41")]
    [InlineData("quoted-printable", "=41=\nB=\n", "AB")]
    [InlineData("quoted-printable", "a==41=4=42", "a=A=4=42")]
    [InlineData("x-uuencode", "begin 644 f\n#86)C\n`\nend\n", "abc")]
    [InlineData("uuencode", "no begin line\n", "")]
    [InlineData("x-uuencode", "begin 644 f\n#86)\n`\nend\n", "")]
    [InlineData("x-uuencode", "begin 644 f\n#86)C", "abc")]
    [InlineData("x-uuencode", "begin 644 f\n#86)C\nend\n#86)C\n", "abc8F\u0016")]
    public void Transfer_encodings(string encoding, string body, string text) =>
        Assert.Equal(text, Parse($"Content-Type: text/plain\nContent-Transfer-Encoding: {encoding}\n\n{body}").TextBody);

    [Theory]
    [InlineData("text/html charset=x", "text/html", null)]
    [InlineData("Text/HTML; charset=\"utf-8", "Text/HTML", "utf-8")]
    [InlineData("text/plain; charset=us-ascii; charset=utf-8", "text/plain", "us-ascii")]
    [InlineData("text/plain; charset", "text/plain", null)]
    [InlineData("(c) text (c) / (c) plain (c); (c) charset=utf-8", "text/plain", "utf-8")]
    [InlineData("text/plain;; charset=utf-8;;", "text/plain", "utf-8")]
    [InlineData("garbage; charset=utf-8", "application/octet-stream", "utf-8")]
    [InlineData("text/plain/x; charset=utf-8", "text/plain/x", "utf-8")]
    [InlineData("text/plain; name=\"a\" charset=utf-8", "text/plain", "utf-8")]
    [InlineData("text/plain; charset=utf-8 \n ", "text/plain", "utf-8")]
    public void Content_types(string value, string type, string? charset)
    {
        var body = Parse($"Content-Type: {value}\n\nx").Body!;

        Assert.Equal(type, body.ContentType.MimeType);
        Assert.Equal(charset, body.ContentType.Charset);
    }

    [Theory]
    [InlineData("attachment; filename=\"..\\\\..\\\\evil/../x.exe\"", "..\\..\\evil/../x.exe")]
    [InlineData("attachment; filename*=utf-8''a%20b.txt; filename=c.txt", "a b.txt")]
    [InlineData("attachment; filename=c.txt; filename*=utf-8''a%20b.txt", "a b.txt")]
    [InlineData("attachment; filename=a.txt; filename=b.txt", "a.txt")]
    [InlineData("attachment; filename*0*=utf-8''%E2%82; filename*1*=%AC", "€")]
    [InlineData("attachment; filename*=x-none'en'%E9", "é")]
    [InlineData("attachment; filename==?utf-8?B?w7w=?=", "ü")]
    [InlineData("attachment; filename=\"=?utf-8?Q?=C3=BC?=\n =?utf-8?Q?=C3=A4?=.txt\"", "üä.txt")]
    [InlineData("attachment; filename=caf\u00e9.txt", "café.txt")]
    [InlineData("attachment; filename=\" a.txt \"", "a.txt")]
    [InlineData("ATTACHMENT; FILENAME=a.txt", "a.txt")]
    [InlineData("attachment; filename=\"a\tb\"", "a\tb")]
    [InlineData("attachment; filename*=utf-8''%C3.txt", "?.txt")]
    [InlineData("attachment; filename*=utf-8''%%41%C%4", "%%41%C%4")]
    [InlineData("attachment; filename*=utf-8''a%4", "a")]
    [InlineData("attachment; filename*0=a; filename*=utf-8''b", "b")]
    [InlineData("attachment; filename*0*=utf-8''%C; filename*1*=3%BC", "ü")]
    [InlineData("attachment filename=a.txt", null)]
    [InlineData("; filename=a.txt", "a.txt")]
    [InlineData("\"attachment\"; filename=a.txt", "a.txt")]
    public void File_names(string disposition, string? name)
    {
        var part = (MimePart)Parse($"Content-Type: application/x\nContent-Disposition: {disposition}\n\nx").Body!;

        Assert.True(part.IsAttachment);
        Assert.Equal(name, part.FileName);
    }

    [Theory]
    [InlineData("multipart/mixed; boundary=b", "--b\n\none\n--b\n\ntwo", "one", 2)]
    [InlineData("multipart/mixed; boundary=b", "pre\n--b\nno blank line\n--b\n\ntwo\n--b--\nepilogue\n--b\n\nx", "two", 1)]
    [InlineData("multipart/mixed; boundary=b", "--b\n--b\n\ntwo\n--b--", "two", 1)]
    [InlineData("multipart/mixed; boundary=b", "--b\nX: y\nno blank line\n--b\n\ntwo\n--b--", "", 2)]
    [InlineData("multipart/mixed; boundary=\"b \"", "--b \n\none\n--b --", null, 0)]
    [InlineData("multipart/mixed; boundary=b", "--b\nContent-Type: multipart/alternative; boundary=c\n\n--c\n\none\n--b\n\ntwo\n--b--", "one", 2)]
    [InlineData("multipart/mixed; boundary=b", "no delimiter", null, 0)]
    [InlineData("multipart/mixed; boundary=b", "--b\nContent-Type: text/html\n\n<p>\n--b\n\nplain\n--b--", null, 2)]
    [InlineData("multipart/related; boundary=b; start=\"<r@x>\"", "--b\n\none\n--b\nContent-Id: <r@x>\n\nroot\n--b--", "root", 2)]
    [InlineData("multipart/related; boundary=b; type=\"text/plain\"", "--b\nContent-Type: image/x\n\none\n--b\n\nroot\n--b--", "root", 2)]
    [InlineData("multipart/unknown; boundary=\"a b\"", "--a b\n\none\n--a b--", "one", 1)]
    public void Boundaries(string type, string body, string? text, int parts)
    {
        var message = Parse($"Content-Type: {type}\n\n{body}");

        Assert.Equal(text, message.TextBody);
        Assert.Equal(parts, message.BodyParts.Count());
    }

    [Theory]
    [InlineData("message/rfc822", "", "MessagePart")]
    [InlineData("message/rfc822", "base64", "MimePart")]
    [InlineData("message/global", "8bit", "MessagePart")]
    [InlineData("message/delivery-status", "", "MessageDeliveryStatus")]
    [InlineData("text/rfc822-headers", "", "TextRfc822Headers")]
    [InlineData("multipart/report; boundary=b", "", "MultipartReport")]
    [InlineData("message/rfc822", "x-unknown", "MessagePart")]
    [InlineData("multipart/signed; boundary=b", "", "MultipartSigned")]
    [InlineData("multipart/encrypted; boundary=b", "", "MultipartEncrypted")]
    [InlineData("application/x-pkcs7-mime", "base64", "ApplicationPkcs7Mime")]
    [InlineData("application/pkcs7-signature", "base64", "ApplicationPkcs7Signature")]
    [InlineData("application/pgp-encrypted", "", "ApplicationPgpEncrypted")]
    [InlineData("application/pgp-signature", "", "ApplicationPgpSignature")]
    [InlineData("application/ms-tnef", "base64", "TnefPart")]
    [InlineData("application/rtf", "", "TextPart")]
    [InlineData("image/png", "base64", "MimePart")]
    public void Kinds_of_parts(string type, string encoding, string kind)
    {
        var field = encoding.Length > 0 ? $"Content-Transfer-Encoding: {encoding}\n" : "";

        Assert.Equal(kind, Parse($"Content-Type: {type}\n{field}\nSubject: x\n\ny").Body!.GetType().Name);
    }

    [Fact]
    public void Parts_of_a_digest_are_messages()
    {
        var message = Parse("Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: in\n\nx\n--b--");

        Assert.Equal("in", Assert.IsType<MessagePart>(message.BodyParts.Single()).Message!.Subject);
    }

    [Theory]
    [InlineData("14 Jul 2026 10:11:60 +0000", "2026-07-14T00:00:00+00:00")]
    [InlineData("14 Jul 2026 10:11:12 +2", "2026-07-14T10:11:12+00:02")]
    [InlineData("14 Jul 2026 10:11:12 +02:00", "2026-07-14T10:11:12+00:00")]
    [InlineData("14 Jul 2026 10:11:12 A", "2026-07-14T10:11:12+01:00")]
    [InlineData("14-Jul-26", null)]
    [InlineData("Tuesday, 14-Jul-26 10:11:12 GMT", "2026-07-14T10:11:12+00:00")]
    [InlineData("2026-07-14T10:11:12Z", null)]
    [InlineData("1784023872", null)]
    [InlineData("Tue, 14 Jul 2026 10:11:12 0200", "2026-07-14T10:11:12+02:00")]
    [InlineData("Tue, 14 Jul 2026 10:11:12 PM +0200", "2026-07-14T22:11:12+02:00")]
    [InlineData("7/14/2026 12:11 AM", "2026-07-14T00:11:00+00:00")]
    [InlineData("2026-07-14 10:11:12 0130", "2026-07-14T10:11:12+01:30")]
    [InlineData("Tue, 14 Jul 2026 10:11:12 -1201", "2026-07-14T10:11:12+00:00")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 -0100", null)]
    public void Dates(string text, string? date) =>
        Assert.Equal(date, DateUtils.TryParse(text, out var parsed) ? $"{parsed:yyyy-MM-ddTHH:mm:sszzz}" : null);

    [Theory]
    [InlineData("<<a@b.com>>", "a@b.com")]
    [InlineData("root", "root")]
    [InlineData("a@b.com, c@d.com; e@f.com", "a@b.com, c@d.com")]
    [InlineData("a@b@c.com", "a@b")]
    [InlineData("a@b.com.", "a@b.com")]
    [InlineData("<mailto:a@b.com>", "")]
    [InlineData("[List] Owner (x) <a@b.com>", "\"[List] Owner\" <a@b.com>")]
    [InlineData("Smile :) <a@b.com>", "Smile: \")\" <a@b.com>;")]
    [InlineData("\"A\", B <x@y>", "\"A\", \"B\" <x@y>")]
    [InlineData("=?utf-8?Q?A?= \"=?utf-8?Q?B?=\" <a@b>", "\"AB\" <a@b>")]
    [InlineData("a@XN--bcher-kva.example, xn--a, b@x.xn--bcher-kva.example", "a@XN--bcher-kva.example, xn--a, b@x.bücher.example")]
    [InlineData("a@[IPv6:\u00fc]", "")]
    [InlineData("a@b.com, c@d.com (unclosed", "a@b.com")]
    [InlineData("mailto:a@b.com", "mailto: a@b.com;")]
    [InlineData("\"Unclosed <a@b.com>", "\"Unclosed\" <a@b.com>")]
    [InlineData("John (c) Doe <j@e.com>", "\"John (c) Doe\" <j@e.com>")]
    [InlineData("=?utf-8?Q?A=22B?= <a@b.com>", "\"A\\\"B\" <a@b.com>")]
    [InlineData("First\n Last <a@b.com>", "\"First Last\" <a@b.com>")]
    [InlineData("a@b.com (unclosed", "")]
    [InlineData("Team: a@b.com, c@d.com", "Team: a@b.com, c@d.com;")]
    public void Addresses(string field, string addresses) => Assert.Equal(addresses, Parse($"To: {field}\n\nx").To.ToString());

    [Theory]
    [InlineData("=?utf-8*en?Q?=C3=BC?=", "ü")]
    [InlineData("=?utf-8?Q?a b_c?=", "a b c")]
    [InlineData("=?utf-8?X?abc?=", "=?utf-8?X?abc?=")]
    [InlineData("=?utf-8?B?!!!?=", "")]
    [InlineData("a =?utf-8?Q?b?= c", "a b c")]
    [InlineData("=?utf-8?Q?=C3?= =?utf-8?Q?=BC?=", "ü")]
    [InlineData("=?utf-8?Q?=C3?= =?iso-8859-1?Q?=BC?=", "\uFFFD¼")]
    [InlineData("=?us-ascii?Q?=E9?=", "?")]
    [InlineData("=?x =?utf-8?Q?a?=", "=?x =?utf-8?Q?a?=")]
    [InlineData("=?ut?=f-8?Q?a?==?utf-8?Q?b?=", "=?ut?=f-8?Q?a?=b")]
    [InlineData("=?utf-8?Q?=F0=9F?= =?UTF8?Q?=8E=89?=", "🎉")]
    [InlineData("=?utf-8?q?unterminated and =?utf-8?Q?more?=", "unterminated and =?utf-8?Q?more")]
    public void Encoded_words(string text, string decoded) => Assert.Equal(decoded, Rfc2047.DecodeText(Encoding.Latin1.GetBytes(text)));

    [Theory]
    [InlineData("<>", "")]
    [InlineData("<a@>", "a@")]
    [InlineData("<a@@b>", "a@b")]
    [InlineData("a.", null)]
    [InlineData("<[a]@b]>", "[a]@b]")]
    [InlineData("<a@xn--bcher-kva.example>", "a@xn--bcher-kva.example")]
    [InlineData("<a<b@c>", "a<b@c")]
    public void Message_ids(string text, string? id) => Assert.Equal(id, MimeUtils.ParseMessageId(text));

    [Theory]
    [InlineData("<> , a@b", null)]
    [InlineData(", a@b", null)]
    [InlineData("g: a@b;, c@d", null)]
    [InlineData("a@b, c@d", "a@b")]
    public void The_first_address_is_the_sender_or_none(string field, string? address) =>
        Assert.Equal(address, Parse($"Sender: {field}\n\nx").Sender?.Address);

    [Theory]
    [InlineData("Sub ject: x\n y", "Sub ject: x\r\n y\r\n")]
    [InlineData("X\u0001: x", "X\u0001: x\r\n")]
    [InlineData("\u00e9: x", "é: x\r\n")]
    [InlineData("X \t: x", "X")]
    [InlineData(": x", "")]
    public void A_field_without_a_name_is_a_line(string line, string field) =>
        Assert.Equal(field, Parse($"A: b\n{line}\n\ny").Headers[1].Field);

    [Theory]
    [InlineData("\nhello", "\r\nhello")]
    [InlineData("no field\nSubject: s\n\nx", "Subject: s\r\n\r\nx")]
    public void An_attached_message_begins_at_its_first_field(string content, string written)
    {
        var part = (MessagePart)Parse($"Content-Type: message/rfc822\n\n{content}").Body!;
        var stream = new MemoryStream();
        part.Message!.WriteTo(new FormatOptions { NewLineFormat = NewLineFormat.Dos }, stream);

        Assert.Equal(written, Encoding.Latin1.GetString(stream.ToArray()));
    }

    private static MimeMessage Parse(string message) =>
        MimeMessage.Load(new MemoryStream(Encoding.Latin1.GetBytes(message.ReplaceLineEndings("\r\n"))));
}
