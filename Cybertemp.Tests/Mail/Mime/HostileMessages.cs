using System.Text;

namespace Cybertemp.Tests.Mail.Mime;

/// <summary>Messages made to cost a parser much more than their length; the same octets in each run.</summary>
internal static class HostileMessages
{
    private const string Multipart =
        "From: a@example.org\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n";

    /// <summary>Each of about the octets asked for.</summary>
    public static IEnumerable<(string Name, byte[] Message)> OfLength(int octets) =>
        Headers(octets).Concat(Structures(octets)).Concat(Bodies(octets)).Concat(Html(octets))
            .Select(shape => (shape.Name, Encoding.Latin1.GetBytes(shape.Message)));

    private static IEnumerable<(string Name, string Message)> Headers(int octets) =>
    [
        ("one field", $"Subject: x\r\nX: {Repeat(new string('a', 60) + "\r\n ", octets)}\r\n\r\nx"),
        ("one field without blanks", $"Subject: x\r\nX: {Repeat("a", octets)}\r\n\r\nx"),
        ("one field in a part", $"{Multipart}X: {Repeat(new string('a', 60) + "\r\n ", octets)}\r\n\r\nx\r\n--b--\r\n"),
        ("fields", $"Subject: x\r\n{Repeat("a:\r\n", octets)}\r\nx"),
        ("fields in a part", $"{Multipart}{Repeat("a:\r\n", octets)}\r\nx\r\n--b--\r\n"),
        ("fields without an end", $"Subject: x\r\n{Repeat("X-A: b\r\n", octets)}"),
        ("lines that are no field", $"Subject: x\r\n{Repeat("a\r\n", octets)}\r\nx"),
        ("no header", Repeat("a\r\n", octets)),
        ("empty lines", Repeat("\r\n", octets)),
        ("parameters", $"Content-Type: text/plain{Numbered(";a#=b", octets)}\r\n\r\nx"),
        ("quoted parameters", $"Content-Type: text/plain;{Numbered("a#=\"b\"", octets)}\r\n\r\nx"),
        ("continuations", $"Content-Type: text/plain{Numbered(";a*#=b", octets)}\r\n\r\nx"),
        ("continuations of names",
            $"{Multipart}Content-Disposition: attachment{Numbered(";filename*#*=%41", octets)}\r\n\r\nx\r\n--b--\r\n"),
        ("continuations in parts",
            $"{Multipart}{Repeat($"Content-Type: x/y{Numbered(";name*#=b", 1024)}\r\n\r\nx\r\n--b\r\n", octets)}"),
        ("names in parts", Multipart + Repeat(
            $"Content-Type: x/y; name=\"{Repeat("=?utf-8?Q?a?= ", 4096)}\"\r\n\r\nx\r\n--b\r\n", octets)),
        ("comments", $"From: {Repeat("(", octets)}\r\n\r\nx"),
        ("comments in a type", $"Content-Type: {Repeat("(", octets)}\r\n\r\nx"),
        ("encoded-words", $"Subject: {Repeat("=?utf-8?Q?a?= ", octets)}\r\n\r\nx"),
        ("encoded-words in fields", $"{Repeat($"X: {Repeat("=?gb2312?B?YWFh?= ", 900)}\r\n", octets)}\r\nx"),
        ("beginnings of encoded-words", $"Subject: {Repeat("=?", octets)}\r\n\r\nx"),
        ("addresses", $"From: {Repeat("a@b,", octets)}\r\n\r\nx"),
        ("addresses in fields", $"{Repeat($"From: {Repeat("\"a\" <a@b>,", 900)}\r\n", octets)}\r\nx"),
        ("words of an address", $"From: {Repeat("a ", octets)}<a@b>\r\n\r\nx"),
        ("brackets", $"From: {Repeat("<", octets)}a@b\r\n\r\nx"),
        ("quotes", $"From: {Repeat("\"\\", octets)}a@b\r\n\r\nx"),
        ("at signs", $"From: {Repeat("@", octets)}\r\n\r\nx"),
        ("words of a date", $"Date: {Repeat("Jan 1 ", octets)}\r\n\r\nx"),
        ("message-id", $"Message-ID: {Repeat("<a", octets)}\r\n\r\nx"),
    ];

    private static IEnumerable<(string Name, string Message)> Structures(int octets) =>
    [
        ("parts", $"{Multipart}{Repeat("\r\nx\r\n--b\r\n", octets)}"),
        ("empty parts", $"{Multipart}{Repeat("--b\r\n", octets)}"),
        ("parts with a name", $"{Multipart}{Repeat("Content-Type: a/b; name=c\r\n\r\nx\r\n--b\r\n", octets)}"),
        ("texts", $"{Multipart}{Repeat("Content-Type: text/html; charset=gbk\r\n\r\n<p>\r\n--b\r\n", octets)}"),
        ("digest",
            Multipart.Replace("mixed", "digest", StringComparison.Ordinal)
                + Repeat("\r\na:b\r\n\r\nx\r\n--b\r\n", octets)),
        ("nested messages", Repeat("Content-Type:message/rfc822\r\n\r\n", octets)),
        ("attached messages",
            $"{Multipart}{Repeat("Content-Type:message/rfc822\r\n\r\nA:b\r\n\r\nx\r\n--b\r\n", octets)}"),
        ("nested multiparts", Numbered("Content-Type: multipart/mixed; boundary=#\r\n\r\n--#\r\n", octets)),
        ("nested alternatives", Numbered(
            "Content-Type: multipart/alternative; boundary=#\r\n\r\n--#\r\n\r\nx\r\n--#\r\n", octets)),
        ("almost delimiters", $"{Nested("", 60)}\r\n{Repeat("--x\r\n", octets)}"),
        ("delimiters of one length", $"{Nested("", 60)}\r\n{Repeat("--10x\r\n", octets)}"),
        ("delimiters of one boundary",
            Repeat("Content-Type: multipart/mixed; boundary=bb\r\n\r\n--bb\r\n", 60 * 52)
                + $"\r\n{Repeat("--b\r\n", octets)}"),
        ("long delimiters",
            $"{Nested(new string('b', 900), 60)}\r\n{Repeat($"--{new string('b', 900)}10x\r\n", octets)}"),
        ("long boundary",
            $"Content-Type: multipart/mixed; boundary=\"{Repeat("b", 30_000)}\"\r\n\r\n"
                + Repeat($"--{Repeat("b", 2_000)}\r\n", octets)),
        ("wrong boundaries", Numbered("Content-Type: multipart/mixed; boundary=#a\r\n\r\n--#b\r\n", octets)),
        ("lines before the first part",
            $"Content-Type: multipart/mixed; boundary=b\r\n\r\n{Repeat("--x\r\n", octets)}"),
        ("lines behind the last part", $"{Multipart}\r\nx\r\n--b--\r\n{Repeat("--x\r\n", octets)}"),
        ("locations",
            $"{Multipart}Content-Type: text/html\r\n\r\n{Numbered("<img src=#>", octets / 2)}\r\n--b\r\n"
                + Numbered("Content-Type: image/x\r\nContent-Location: #\r\n\r\nx\r\n--b\r\n", octets / 2)),
    ];

    private static IEnumerable<(string Name, string Message)> Bodies(int octets) =>
    [
        ("lines", Body("text/plain", "7bit", Repeat("\n", octets))),
        ("8-bit", Body("text/plain", "8bit", Repeat("\u00e9", octets))),
        ("almost UTF-8", Body("text/plain", "8bit", Repeat("\u00c3\u00a9", octets) + "\u00e9")),
        ("utf-16", Body("text/plain; charset=utf-16", "8bit", Repeat("a\0", octets))),
        ("big5", Body("text/plain; charset=big5", "8bit", Repeat("\u00a4\u00a4", octets))),
        ("iso-2022-jp", Body("text/plain; charset=iso-2022-jp", "7bit", Repeat("\u001b$B%F\u001b(B", octets))),
        ("base64", Body("text/plain", "base64", Repeat("YWJj", octets))),
        ("base64 lines", Body("text/plain", "base64", Repeat("Y\r\n", octets))),
        ("base64 junk", Body("application/x", "base64", Repeat("!= ", octets))),
        ("quoted-printable", Body("text/plain", "quoted-printable", Repeat("=41", octets))),
        ("soft line breaks", Body("text/plain", "quoted-printable", Repeat("=\r\n", octets))),
        ("blanks at line ends", Body("text/plain", "quoted-printable", Repeat(" ", octets))),
        ("blanks behind =", Body("text/plain", "quoted-printable", Repeat("=  ", octets))),
        ("uuencode", Body("text/plain", "x-uuencode", $"begin 644 x\r\n{Repeat("#86)C\r\n", octets)}`\r\nend\r\n")),
        ("flowed", Body("text/plain; format=flowed", "7bit", Repeat("> a \r\n", octets))),
        ("deep quotes of flowed", Body(
            "text/plain; format=flowed", "7bit", Repeat(new string('>', 500) + " \r\n", octets))),
        ("controls", Body("nonsense", "7bit", Repeat("a\0", octets))),
        ("calendar", Body("text/calendar", "7bit", $"BEGIN:VEVENT\r\nSUMMARY:{Repeat("a\r\n ", octets)}\r\n")),
        ("winmail.dat", Body("application/ms-tnef", "base64", Convert.ToBase64String([.. Tnef(octets * 3 / 4)]))),
    ];

    private static IEnumerable<(string Name, string Message)> Html(int octets) =>
    [
        ("tags", Body("text/html", "7bit", Repeat("<td><tr><li><p>", octets))),
        ("cells", Body("text/html", "7bit", Repeat("<td>1", octets))),
        ("closed cells", Body("text/html", "7bit", Repeat("<td>1</td>", octets))),
        ("references", Body("text/html", "7bit", Repeat("&amp;", octets))),
        ("beginnings of references", Body("text/html", "7bit", Repeat("&amp", octets))),
        ("links", Body("text/html", "7bit", Repeat("<a href=\"https://e.org/\">x</a>", octets))),
        ("open links", Body("text/html", "7bit", Repeat("<a href=\"https://e.org/\">", octets))),
        ("open tags", Body("text/html", "7bit", Repeat("<a x=\"", octets))),
        ("open comments", Body("text/html", "7bit", Repeat("<!--", octets))),
        ("open scripts", Body("text/html", "7bit", Repeat("<script></", octets))),
        ("open svg", Body("text/html", "7bit", Repeat("<svg>", octets))),
        ("iframes and styles", Body("text/html", "7bit", Repeat("<iframe><style><title>", octets))),
        ("quotes in html", Body("text/html", "7bit", Repeat("<blockquote>x", octets))),
        ("lines in deep quotes", Body("text/html", "7bit", Repeat("<blockquote>", 12_000) + Repeat("x<br>", octets))),
        ("lists", Body("text/html", "7bit", Repeat("<ol><li>x", octets))),
        ("attributes", Body("text/html", "7bit", $"<a {Repeat("a=b ", octets)}>x")),
        ("images",
            $"{Multipart}Content-Type: text/html\r\n\r\n{Numbered("<img src=cid:#>", octets)}\r\n--b\r\n"
                + "Content-Type: image/x\r\nContent-ID: <x>\r\n\r\nx\r\n--b--\r\n"),
    ];

    private static string Body(string type, string encoding, string body) =>
        $"Subject: x\r\nContent-Type: {type}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}";

    /// <summary>Multiparts one in the other.</summary>
    private static string Nested(string boundary, int levels) =>
        string.Concat(Enumerable.Range(100, levels).Select(level =>
        $"Content-Type: multipart/mixed; boundary={boundary}{level}\r\n\r\n--{boundary}{level}\r\n"));

    /// <summary>Attachments of one octet.</summary>
    private static IEnumerable<byte> Tnef(int octets)
    {
        byte[] attachment =
        [
            .. Attribute(
                0x00069002, [1, 0, .. new byte[12]]), .. Attribute(0x0006800F, [65]), .. Attribute(0x00018010, "a\0"u8),
        ];
        byte[] beginning = [0x78, 0x9F, 0x3E, 0x22, 1, 0, .. Attribute(0x00089006, [0, 0, 1, 0], level: 1)];
        return beginning.Concat(Enumerable.Repeat(attachment, octets / attachment.Length).SelectMany(octet => octet));
    }

    private static byte[] Attribute(int tag, ReadOnlySpan<byte> value, byte level = 2)
    {
        var sum = 0;
        foreach (var octet in value)
        {
            sum += octet;
        }

        return
        [
            level, .. BitConverter.GetBytes(tag), .. BitConverter.GetBytes(value.Length), .. value,
            .. BitConverter.GetBytes((ushort)sum),
        ];
    }

    private static string Repeat(string unit, int octets) =>
        string.Concat(Enumerable.Repeat(unit, Math.Max(octets / unit.Length, 1)));

    private static string Numbered(string unit, int octets)
    {
        var text = new StringBuilder();
        for (var number = 0; text.Length < octets; number++)
        {
            text.Append(unit.Replace("#", $"{number}", StringComparison.Ordinal));
        }

        return text.ToString();
    }
}
