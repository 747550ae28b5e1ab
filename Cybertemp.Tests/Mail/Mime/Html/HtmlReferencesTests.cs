using Cybertemp.Mail.Mime.Html;

namespace Cybertemp.Tests.Mail.Mime.Html;

public class HtmlReferencesTests
{
    [Theory]
    [InlineData("<img src=\"cid:logo@x\">", "cid:logo@x")]
    [InlineData("<img src='CID:logo@x'>", "cid:logo@x")]
    [InlineData("<img src=cid:logo@x>", "cid:logo@x")]
    [InlineData("<img src=cid:logo@x", "cid:logo@x")]
    [InlineData("<img src = \"cid:logo%40x\">", "cid:logo@x")]
    [InlineData("<img src=\"cid:a&amp;b\">", "cid:a&b")]
    [InlineData("<table background=\"cid:a\">", "cid:a")]
    [InlineData("<td style=\"background:url(cid:a)\">", "cid:a")]
    [InlineData("<td style=\"background:url('cid:a')\">", "cid:a")]
    [InlineData("<img src=\"http://e.example/a.png\">", "http://e.example/a.png")]
    [InlineData("<img src=\"a%20b.png\">", "a b.png")]
    public void Are_found(string html, string url) => Assert.True(new HtmlReferences(html).Contains(url));

    [Theory]
    [InlineData("<img src=\"cid:logo2\">", "cid:logo")]
    [InlineData("<img src=\"cid:logo\">", "cid:logo2")]
    [InlineData("<p>cid:logo</p>", "cid:logo")]
    [InlineData("<img alt=\"cid:logo\">", "cid:logo")]
    [InlineData("<img src=", "")]
    [InlineData("", "cid:")]
    public void Others_are_not(string html, string url) =>
        Assert.False(new HtmlReferences(html).Contains(url) && url.Length > 0);
}
