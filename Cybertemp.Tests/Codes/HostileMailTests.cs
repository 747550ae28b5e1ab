using System.Diagnostics;
using Cybertemp.Web.Codes;

namespace Cybertemp.Tests.Codes;

public sealed class HostileMailTests
{
    private const int Seed = 20260120;

    private static readonly string[] Pieces =
    [
        "<", ">", "</", "<a href=\"", "<a href='https://a.test/t/9f8e7d6c5b'>", "</a>", "<!--", "-->", "<![CDATA[",
            "<style>", "</style>", "<script>", "<td>",
        "<div style=\"font-size:0;display:none", "<p style='", "\"", "'", "=", "&#", "&#x1F600;", "&nbsp;", "://",
            "https://", "{", "}", "@media", ";", ":",
        "482913", "48 29 13", "4\n8\n2\n9\n", "7KQ-4PX", "code", "Code: ", "認証コード", "رمز التحقق ", "your code is ",
            "OTP=", "2FA ", ": ", "EUR ", "pay ", "vkqd-hzwt",
            "wrote:", "From: a@b\n", "> ", "\n", "\r\n", "\t", " ",
        "\ud800", "\udc00", "\ud835\udfd8", "\0", "\u200b", "\u202e", "٤٨٢", "５７", "#", "@a.test #", "-", "–", "...",
            "。", "?",
    ];

    [Fact]
    public void Never_throws_on_random_pieces()
    {
        var random = new Random(Seed);
        for (var round = 0; round < 4000; round++)
        {
            var (subject, text, html) = (Next(random, 8), Next(random, 60), Next(random, 60));
            var action = MailActionReader.Read(subject, random.Next(2) == 0 ? text : "", random.Next(2) == 0 ? html
                : "", "a@b.test");
            Assert.True(action.Code is null or { Length: >= 4 and <= 14 }, action.Code);
        }
    }

    [Fact]
    public void Never_throws_on_mutated_mails()
    {
        var random = new Random(Seed);
        var mails = MailCases.Corpus.Concat(MailCases.Tuning).ToArray();
        for (var round = 0; round < 3000; round++)
        {
            var mail = mails[random.Next(mails.Length)];
            MailActionReader.Read(Mutate(random, mail.Subject), Mutate(random, mail.Text), Mutate(random, mail.Html),
                mail.From);
        }
    }

    [Fact]
    public void Answers_the_same_from_many_threads()
    {
        var mails = MailCases.Corpus.Concat(MailCases.Tuning).ToArray();
        var expected = mails.Select(Read).ToArray();
        Parallel.For(0, 2000, index => Assert.Equal(expected[index % mails.Length], Read(mails[index % mails.Length])));
    }

    /// <summary>
    /// Forty times as much of the same costs no more than a bounded part of it does; the bound leaves room for a busy
    /// machine.
    /// </summary>
    [Theory]
    [InlineData("<")]
    [InlineData("<a ")]
    [InlineData("<a href=\"")]
    [InlineData("<a href='x' style=\"")]
    [InlineData("<!--")]
    [InlineData("<style>.a{")]
    [InlineData("<b><i>")]
    [InlineData("</b>")]
    [InlineData("&")]
    [InlineData("&#52;")]
    [InlineData("<td>1</td>")]
    [InlineData("482913 ")]
    [InlineData("code 482913\n")]
    [InlineData("1 2 3 ")]
    [InlineData("OTP=482913 ")]
    [InlineData("2FA code ")]
    [InlineData("code 482913: ")]
    [InlineData("vkqd-hzwt\n")]
    [InlineData("one-time code ")]
    [InlineData("a://")]
    [InlineData("https://a.test/t/9f8e7d6c5b ")]
    [InlineData("<a href='https://a.test/t/9f8e7d6c5b'>confirm</a>")]
    [InlineData("verification ")]
    [InlineData("認証コード")]
    [InlineData("<https://a.test/\n")]
    [InlineData("From: a@b\n")]
    [InlineData("   ")]
    [InlineData("\n")]
    public void Does_bounded_work_on_ten_megabytes(string piece)
    {
        var hostile = string.Concat(Enumerable.Repeat(piece, 10_000_000 / piece.Length));
        MailActionReader.Read("", hostile[..100_000], "", "");
        var watch = Stopwatch.StartNew();
        MailActionReader.Read(hostile, hostile, "", hostile);
        MailActionReader.Read(hostile, hostile, hostile, hostile);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"{watch.Elapsed.TotalMilliseconds} ms");
    }

    private static MailAction Read(MailCase mail) =>
        MailActionReader.Read(mail.Subject, mail.Text, mail.Html, mail.From);

    private static string Next(Random random, int most) =>
        string.Concat(Enumerable.Range(0, random.Next(most)).Select(_ => Pieces[random.Next(Pieces.Length)]));

    private static string Mutate(Random random, string source)
    {
        for (var edits = random.Next(4); edits > 0; edits--)
        {
            var position = random.Next(source.Length + 1);
            var length = Math.Min(random.Next(40), source.Length - position);
            source = random.Next(3) switch
            {
                0 => source.Remove(position, length),
                1 => source.Insert(position, Pieces[random.Next(Pieces.Length)]),
                _ => source.Insert(random.Next(source.Length + 1), source.Substring(position, length)),
            };
        }

        return source;
    }
}
