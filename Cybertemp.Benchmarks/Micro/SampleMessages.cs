using System.Text;

namespace Cybertemp.Benchmarks.Micro;

/// <summary>Messages of usual shape; the same bytes in each run.</summary>
internal static class SampleMessages
{
    private const string Sentence = "The quick brown fox jumps over the lazy dog, and 12 more of them follow at 17:30.";

    public static byte[] Plain() => Encoding.UTF8.GetBytes(
        $"{Header("Your code is 482910")}Content-Type: text/plain; charset=utf-8\r\n\r\n{Lines(Sentence, 6)}");

    public static byte[] SmallAlternative() => Alternative(textLines: 10, htmlLines: 18);

    public static byte[] Alternative() => Alternative(textLines: 20, htmlLines: 38);

    private static byte[] Alternative(int textLines, int htmlLines) => Encoding.UTF8.GetBytes($"""
        {Header("=?utf-8?Q?Gr=C3=BC=C3=9Fe_aus_M=C3=BCnchen?=")}Content-Type: multipart/alternative; boundary="=_alt"

        --=_alt
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        {Lines(Sentence.Replace("fox", "f=C3=B6x", StringComparison.Ordinal), textLines)}
        --=_alt
        Content-Type: text/html; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        <html><body>
        {Lines($"<p style=3D\"margin:0\">{Sentence} <a href=3D\"https://example.org/\">more</a></p>", htmlLines)}
        </body></html>
        --=_alt--

        """.ReplaceLineEndings("\r\n"));

    public static byte[] WithAttachment()
    {
        var octets = new byte[140 * 1024];
        new Random(1).NextBytes(octets);
        return Encoding.UTF8.GetBytes($"""
            {Header("Report")}Content-Type: multipart/mixed; boundary="=_mixed"

            --=_mixed
            Content-Type: text/plain; charset=utf-8

            {Lines(Sentence, 20)}
            --=_mixed
            Content-Type: application/pdf; name="report.pdf"
            Content-Disposition: attachment; filename="report.pdf"
            Content-Transfer-Encoding: base64

            {Convert.ToBase64String(octets, Base64FormattingOptions.InsertLineBreaks)}
            --=_mixed--

            """.ReplaceLineEndings("\r\n"));
    }

    private static string Header(string subject) =>
        "Received: from mail.example.com (mail.example.com [192.0.2.1]) by mx.example.org; "
        + "Tue, 14 Jul 2026 10:11:13 +0200\r\n"
        + $"From: \"Alice Example\" <alice@example.com>\r\nTo: Bob <bob@example.org>\r\nSubject: {subject}\r\n"
        + "Date: Tue, 14 Jul 2026 10:11:12 +0200\r\nMessage-ID: <20260714101112.4711@mail.example.com>\r\n"
        + "MIME-Version: 1.0\r\n";

    private static string Lines(string line, int count) => string.Concat(Enumerable.Repeat(line + "\r\n", count));
}
