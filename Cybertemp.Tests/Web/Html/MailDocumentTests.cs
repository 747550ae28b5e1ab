using System.Diagnostics;
using Cybertemp.Web.Html;

namespace Cybertemp.Tests.Web.Html;

public sealed class MailDocumentTests
{
    private static readonly byte[] Gif = Convert.FromBase64String(
        "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    /// <summary>What takes parsers apart when it stands in the wrong place.</summary>
    private static readonly string[] Breakers =
    [
        "<", ">", "\"", "'", "`", "=", "/", "&", "&lt;", "&quot;", "&#0;", "\0", " ", "\n", "-->", "<!--", "]]>",
        "<![CDATA[", "</style>", "<style>", "</title>", "<svg>", "</svg>", "<math>", "<mi>", "<table>", "<td>",
        "</table>", "<a ", "<p>",
        "</p>", "<font a=1>", "<template>", "<noscript>", "<textarea>", "<select>", "<plaintext>", "</body>", "style=",
        "{", "}", "(", ")", ";", ":", "\\", "/*", "*/", "@import", "url(", "javascript:", "onload=", "\u2028", "ſ", "K",
    ];

    public static TheoryData<string> EachWay => [.. WaysOut.All];

    [Theory]
    [MemberData(nameof(EachWay))]
    public void Leaves_no_way_out(string way)
    {
        way = way.Replace(WaysOut.Trap, "https://trap.example", StringComparison.Ordinal);
        Assert.Empty(HtmlOracle.Offences(Render(way)));
        Assert.Empty(HtmlOracle.Offences(Render($"<table><tr><td>{way}</td><td><p>{way}")));
        Assert.Empty(HtmlOracle.Offences(Render(way, showsRemote: true), allowsRemote: true));
    }

    [Fact]
    public void Leaves_no_way_out_however_the_pieces_fall()
    {
        var random = new Random(20_261_126);
        var clock = Stopwatch.StartNew();
        for (var round = 0; round < 3000 && clock.Elapsed < TimeSpan.FromSeconds(15); round++)
        {
            var html = Shuffle(random);
            Assert.True(HtmlOracle.Offences(Render(html)).FirstOrDefault() is null, html);
        }
    }

    [Fact]
    public void The_oracle_sees_the_ways_out() =>
        Assert.All(
            WaysOut.All.Where(static w => w.Contains("RUN", StringComparison.Ordinal) && !w.Contains('\0')),
            static way => Assert.NotEmpty(HtmlOracle.Offences($"<!doctype html><body>{way}")));

    [Fact]
    public void Keeps_what_a_newsletter_looks_like()
    {
        var shown = Render(
            """
            <html><head><title>x</title><style>@media (max-width:600px){.w{width:100%!important}} .b{color:#fff}</style></head>
            <body style="background-color:#eee"><table width="600" bgcolor="#ffffff" align="center"><tr><td class="w"
            style="padding:10px 20px;font-family:Arial;border-radius:4px">Hello <b>you</b>
            <a class=b href="https://shop.example/verify?a=1&amp;b=2">Verify</a><li>one<li>two</td></tr></table>
            """);
        Assert.Contains("@media", shown, StringComparison.Ordinal);
        Assert.Contains("background-color: rgba(238, 238, 238, 1)", shown, StringComparison.Ordinal);
        Assert.Contains("padding: 10px 20px", shown, StringComparison.Ordinal);
        Assert.Contains("width=\"600\"", shown, StringComparison.Ordinal);
        Assert.Contains("<li>one</li><li>two</li>", shown, StringComparison.Ordinal);
        Assert.Contains(
            "<a class=\"b\" href=\"https://shop.example/verify?a=1&amp;b=2\" target=\"_blank\" "
                + "rel=\"noopener noreferrer\" title=\"shop.example\">Verify</a>",
            shown,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Says_where_a_link_goes_whatever_it_says_itself()
    {
        var shown = Render(
            "<a href=\"https://bank.example@xn--80ak6aa92e.com/\" title=\"bank.example\">https://bank.example</a>");
        Assert.Contains("title=\"xn--80ak6aa92e.com\"", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_pictures_of_the_mail_itself()
    {
        var shown = MailDocument.Render(
            "x", "<img src=\"cid:logo%40mail\"><img src='CID:drawing'>",
            static id => id is "logo@mail" ? Gif : "<svg onload=RUN/>"u8.ToArray(), showsRemote: false);
        Assert.Contains("src=\"data:image/gif;base64,R0lGOD", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("svg", shown, StringComparison.Ordinal);
        Assert.Empty(HtmlOracle.Offences(shown));
    }

    [Fact]
    public void Shows_a_picture_no_more_often_than_its_size_allows()
    {
        var big = new byte[RasterImage.MaxBytes];
        Gif.CopyTo(big, 0);
        var shown = MailDocument.Render(
            "x", string.Concat(Enumerable.Repeat("<img src=cid:a>", 1000)), _ => big, showsRemote: false);
        Assert.Equal(4, shown.Split("data:image/gif").Length - 1);
        Assert.Null(RasterImage.ToAddress([.. big, 0]));
    }

    [Fact]
    public void Pictures_of_the_web_stay_only_when_asked_for_and_come_encrypted()
    {
        const string Mail = "<img src=\"http://shop.example/p.gif?u=1\"><td background='https://shop.example/b.png'>";
        Assert.DoesNotContain("shop.example", Render(Mail), StringComparison.Ordinal);
        Assert.Contains(
            "src=\"https://shop.example/p.gif?u=1\"", Render(Mail, showsRemote: true), StringComparison.Ordinal);
    }

    [Fact]
    public void Encodes_its_title() => Assert.DoesNotContain(
        "<script>",
        MailDocument.Render("</title><script>RUN</script>", "", static _ => default, showsRemote: false),
        StringComparison.Ordinal);

    public static TheoryData<string, string> Floods => new()
    {
        { "depth", "<div>" },
        { "formats", "<p><font color=a><b><i><u><s>" },
        { "misnested", "<b><p><table><a><tr></b>" },
        { "tables", "<table><tr><td>" },
        { "attributes", "<p a b c d e f g h i j k l m n o p q r s t u v w x y z style=color:red class=x>" },
        { "style", "<p style='color:red;margin:0 1px;background:#fff;font:12px/1 Arial'>x" },
        { "sheets", "<style>@media screen{a.b>c:hover,d:not(.e){color:red;padding:1px 2px}}</style>" },
        { "quotes", "<a href=\"'<a href='\">" },
        { "comments", "<!--" },
        { "ends", "</p></div></a>" },
        { "pictures", "<img src='data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'>" },
        { "text", "All work and no play. " },
    };

    [Theory]
    [MemberData(nameof(Floods))]
    public void Ten_megabytes_cost_no_more_than_the_bounds(string name, string piece)
    {
        var html = string.Concat(Enumerable.Repeat(piece, 10 * 1024 * 1024 / piece.Length));
        var clock = Stopwatch.StartNew();
        var shown = Render(html);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), $"{name}: {clock.Elapsed}");
        Assert.True(shown.Length < 10_000_000, $"{name}: {shown.Length}");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("(")]
    [InlineData("@media screen{")]
    [InlineData("a:not(")]
    [InlineData("calc(")]
    public void Style_sheets_do_not_nest_without_end(string piece)
    {
        var deep = string.Concat(Enumerable.Repeat(piece, 40_000));
        Assert.DoesNotContain(
            piece + piece, Render($"<style>{deep}</style><p style=\"width:{deep}\">x"), StringComparison.Ordinal);
    }

    private static string Render(string html, bool showsRemote = false) =>
        MailDocument.Render("x", html, static _ => default, showsRemote);

    private static string Shuffle(Random random)
    {
        var pieces = new string[random.Next(2, 9)];
        for (var i = 0; i < pieces.Length; i++)
        {
            var way = WaysOut.All[random.Next(WaysOut.All.Length)];
            var (from, to) = (random.Next(way.Length), random.Next(way.Length));
            pieces[i] = random.Next(3) switch
            {
                0 => Breakers[random.Next(Breakers.Length)],
                1 => way,
                _ => way[Math.Min(from, to)..Math.Max(from, to)],
            };
        }

        return string.Concat(pieces);
    }
}
