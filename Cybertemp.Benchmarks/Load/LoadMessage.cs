using System.Text;

namespace Cybertemp.Benchmarks.Load;

/// <summary>
/// A multipart mail of about a given size that does not compress to nothing, dot-stuffed, with its final dot.
/// </summary>
internal static class LoadMessage
{
    private static readonly string[] Words =
        ("the of and to in your code account please confirm address message thank order delivery number link below "
        + "expires minutes team support").Split(' ');

    public static byte[] Create(int bytes, int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder(bytes + 1024);
        text.Append("From: \"Example Shop\" <no-reply@shop.example>\r\nTo: box@cybertemp.localhost\r\n")
            .Append("Subject: =?UTF-8?Q?Your_code_is_").Append(random.Next(100_000, 999_999)).Append("?=\r\n")
            .Append("Message-ID: <").Append(seed).Append('.').Append(random.NextInt64()).Append("@shop.example>\r\n")
            .Append("Date: Sun, 22 Nov 2026 12:00:00 +0000\r\nMIME-Version: 1.0\r\n")
            .Append("Content-Type: multipart/alternative; boundary=\"b1\"\r\n\r\n--b1\r\n")
            .Append("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n");
        AppendWords(text, random, bytes / 3);
        text.Append("\r\n--b1\r\nContent-Type: text/html; charset=utf-8\r\n"
            + "Content-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><p>");
        AppendWords(text, random, bytes - text.Length);
        text.Append("</p></body></html>\r\n--b1--\r\n.\r\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static void AppendWords(StringBuilder text, Random random, int bytes)
    {
        var line = 0;
        for (var end = text.Length + bytes; text.Length < end;)
        {
            var word = Words[random.Next(Words.Length)];
            line += word.Length + 8;
            text.Append(word).Append(random.Next(100, 99_999)).Append(line > 60 ? "\r\n" : " ");
            line = line > 60 ? 0 : line;
        }
    }
}
