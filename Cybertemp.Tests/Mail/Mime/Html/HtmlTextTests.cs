using Cybertemp.Mail.Mime.Html;

namespace Cybertemp.Tests.Mail.Mime.Html;

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
    [InlineData(
        "<ol><li>one</li><li>two<ul><li>deep</li></ul></li><li>three</li></ol>", "1. one\n2. two\n  - deep\n3. three")]
    [InlineData("<blockquote>said<blockquote>before</blockquote></blockquote>now", "> said\n\n> > before\n\nnow")]
    [InlineData(
        "<table><tr><th>Item</th><th>Price</th></tr><tr><td>Tea</td><td>3 €</td></tr></table>",
        "Item | Price\nTea | 3 €")]
    [InlineData("<table><tr><td><table><tr><td>layout</td></tr></table></td></tr></table>", "layout")]
    [InlineData("<table><tr><td>Lamp<td>2<tr><td>Rope<td>14</table>", "Lamp | 2\nRope | 14")]
    public void Keeps_lists_quotes_and_tables_readable(string html, string text) => AssertText(html, text);

    [Theory]
    [InlineData("<table><tr><td>4</td><td>8</td><td>2</td><td>1</td></tr></table>", "4821")]
    [InlineData("<tr><td> <b>4</b> </td>\n<td> <b>8</b> </td>\n<td> <b>2</b> </td></tr>", "482")]
    [InlineData("<tr><td><p>4</p></td><td><p>8</p></td><td><p>2</p></td></tr>", "482")]
    [InlineData("<tr><td>4</td><td></td><td>8</td><td>&nbsp;</td><td>2</td></tr>after", "482\nafter")]
    [InlineData("<tr><td>4<td>8<td>2<tr><td>1<td>3<td>7", "482\n137")]
    [InlineData("<tr><td>Code</td><td>4</td><td>8</td><td>2</td><td>now</td></tr>", "Code | 482 | now")]
    [InlineData("<tr><td>4</td><td>8</td></tr>", "4 | 8")]
    [InlineData("<tr><td>42</td><td>8</td><td>21</td></tr>", "42 | 8 | 21")]
    [InlineData("<tr><td>Lamp</td><td>2</td><td>9</td></tr><tr><td>3</td><td>Rope</td></tr>", "Lamp | 2 | 9\n3 | Rope")]
    public void One_digit_in_each_cell_is_a_number(string html, string text) => AssertText(html, text);

    [Theory]
    [InlineData("<p>a</p><svg width=1 /><p>b</p>", "a\n\nb")]
    [InlineData("<p>a</p><svg><text>x</text></svg><p>b</p>", "a\n\nb")]
    [InlineData("<p>a</p><svg><p>b</p>", "a\n\nb")]
    [InlineData("<p>a</p><iframe src=x/><p>b</p>", "a\n\nb")]
    [InlineData("<p>a</p><iframe src=x>none</iframe><p>b</p>", "a\n\nb")]
    [InlineData("<p>a</p><iframe src=x><p>b</p>", "a\n\nb")]
    [InlineData("<p>a</p><object data=x /><p>b</p>", "a\n\nb")]
    [InlineData("<p>a</p><object data=x>instead</object><p>b</p>", "a\n\ninstead\n\nb")]
    [InlineData("<p>a</p><script src=x /><p>b</p>", "a\n\nb")]
    [InlineData("<title/><p>b</p>", "b")]
    public void Elements_without_content_swallow_nothing(string html, string text) => AssertText(html, text);

    [Theory]
    [InlineData("<a href=\"www.e.org/x\">go</a>", "go (www.e.org/x)")]
    [InlineData("<a href=\"//e.org/x\">go</a>", "go (//e.org/x)")]
    [InlineData("<a href=\"app://open/1\">go</a>", "go (app://open/1)")]
    [InlineData("<a href=\"ftp://e.org/x\">go</a>", "go (ftp://e.org/x)")]
    [InlineData("<a href=\"www.e.org\">www.e.org</a>", "www.e.org")]
    [InlineData("<a href=\"//e.org/\">e.org</a>", "e.org")]
    [InlineData("<a href=\"page.html\">go</a>", "go")]
    [InlineData("<a href=\"/page\">go</a>", "go")]
    [InlineData("<a href=\"data:text/html,x\">go</a>", "go")]
    [InlineData("<a href=\"javascript://x\">go</a>", "go")]
    public void Links_without_http_are_kept_when_they_lead_somewhere(string html, string text) =>
        AssertText(html, text);

    [Theory]
    [InlineData("<a href='https://e.org/x?a=1&amp;b=2'>Confirm</a> now", "Confirm (https://e.org/x?a=1&b=2) now")]
    [InlineData("<a href=https://e.org/>https://e.org</a>", "https://e.org")]
    [InlineData("<a href=\"mailto:a@e.org\">a@e.org</a>", "a@e.org")]
    [InlineData("<a href=\"https://e.org\"><img src=x alt=\"Go to shop\"></a>", "[Go to shop] (https://e.org)")]
    [InlineData("<a href=\"https://e.org\"><img src=x></a>", "(https://e.org)")]
    [InlineData("<a href=\"#top\">up</a> <a href=\"javascript:alert(1)\">js</a> <a>none</a>", "up js none")]
    [InlineData(
        "<a href=\"https://e.org/1\">one <a href=\"https://e.org/2\">two",
        "one (https://e.org/1) two (https://e.org/2)")]
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
    [InlineData("<svg>")]
    [InlineData("<td>1")]
    public void Is_bounded(string unit)
    {
        var html = string.Concat(Enumerable.Repeat(unit, 200_000));

        Assert.InRange(HtmlText.Of(html, 100_000).Length, 0, 110_000);
    }

    private static void AssertText(string html, string text) => Assert.Equal(text, HtmlText.Of(html, 10_000));
}
