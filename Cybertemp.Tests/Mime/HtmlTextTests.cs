using Cybertemp.SmtpReceiver.Mime;

namespace Cybertemp.Tests.Mime;

public class HtmlTextTests
{
    [Theory]
    [InlineData("<p>one</p><p>two</p>", "one\n\ntwo")]
    [InlineData("one<br>two<br/><br />three", "one\ntwo\n\nthree")]
    [InlineData("<div>one</div><div>two</div>", "one\ntwo")]
    [InlineData("  much \r\n\t white&nbsp;space  ", "much white space")]
    [InlineData("a<b>b</b>c <i>d</i>", "abc d")]
    [InlineData("<h1>Title</h1>text<hr>end", "Title\n\ntext\n\n---\n\nend")]
    [InlineData("1 &lt; 2 &amp;&amp; 3 > 2 &euro; &#x1F389;", "1 < 2 && 3 > 2 € 🎉")]
    [InlineData("a < b and <3", "a < b and <3")]
    [InlineData("<pre>a\n  b\n\nc</pre>", "a\n  b\n\nc")]
    public void Has_paragraphs_and_lines(string html, string text) => AssertText(html, text);

    [Theory]
    [InlineData("<ul><li>one<li>two</ul>after", "- one\n- two\n\nafter")]
    [InlineData("<ol><li>one</li><li>two<ul><li>deep</li></ul></li><li>three</li></ol>", "1. one\n2. two\n  - deep\n3. three")]
    [InlineData("<blockquote>said<blockquote>before</blockquote></blockquote>now", "> said\n\n> > before\n\nnow")]
    [InlineData("<table><tr><th>Item</th><th>Price</th></tr><tr><td>Tea</td><td>3 €</td></tr></table>", "Item | Price\nTea | 3 €")]
    [InlineData("<table><tr><td><table><tr><td>layout</td></tr></table></td></tr></table>", "layout")]
    public void Keeps_lists_quotes_and_tables_readable(string html, string text) => AssertText(html, text);

    [Theory]
    [InlineData("<a href='https://e.org/x?a=1&amp;b=2'>Confirm</a> now", "Confirm (https://e.org/x?a=1&b=2) now")]
    [InlineData("<a href=https://e.org/>https://e.org</a>", "https://e.org")]
    [InlineData("<a href=\"mailto:a@e.org\">a@e.org</a>", "a@e.org")]
    [InlineData("<a href=\"https://e.org\"><img src=x alt=\"Go to shop\"></a>", "[Go to shop] (https://e.org)")]
    [InlineData("<a href=\"https://e.org\"><img src=x></a>", "(https://e.org)")]
    [InlineData("<a href=\"#top\">up</a> <a href=\"javascript:alert(1)\">js</a> <a>none</a>", "up js none")]
    [InlineData("<a href=\"https://e.org/1\">one <a href=\"https://e.org/2\">two", "one (https://e.org/1) two (https://e.org/2)")]
    public void Shows_where_links_lead(string html, string text) => AssertText(html, text);

    [Theory]
    [InlineData("<head><title>T</title><style>p{}</style></head><body>b<script>if (a < b) {}</script>c</body>", "bc")]
    [InlineData("a<!-- <b>hidden</b> -->b<![CDATA[x]]>c", "abc")]
    [InlineData("<!doctype html><?xml version=1?>text", "text")]
    [InlineData("<style>never closed", "")]
    public void Leaves_out_what_nobody_reads(string html, string text) => AssertText(html, text);

    [Theory]
    [InlineData("<!-- never closed <p>text</p>", "text")]
    [InlineData("<a title=\"never closed>text</a>", "text")]
    [InlineData("text<", "text<")]
    [InlineData("text</", "text</")]
    [InlineData("text<b", "text")]
    [InlineData("</p></ul></blockquote></a>text", "text")]
    [InlineData("<p don't='x'>text", "text")]
    public void Survives_broken_markup(string html, string text) => AssertText(html, text);

    [Theory]
    [InlineData("<div>")]
    [InlineData("<ul><li>")]
    [InlineData("<blockquote>x")]
    [InlineData("<!--")]
    [InlineData("<a href=\"https://e.org\">x")]
    [InlineData("<script>")]
    [InlineData("<a =\"")]
    [InlineData("&amp")]
    public void Is_bounded(string unit)
    {
        var html = string.Concat(Enumerable.Repeat(unit, 200_000));

        Assert.InRange(HtmlText.Of(html, 100_000).Length, 0, 110_000);
    }

    private static void AssertText(string html, string text) => Assert.Equal(text, HtmlText.Of(html, 10_000));
}
