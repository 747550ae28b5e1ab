using System.Text;
using Cybertemp.Mail.Mime.Charsets;

namespace Cybertemp.Tests.Mail.Mime.Charsets;

public class OctetTextTests
{
    [Theory]
    [InlineData("iso-8859-1", "caf\u00e9 \u0096 \u0080", "café – €")]
    [InlineData("us-ascii", "\u0093caf\u00e9\u0094", "“café”")]
    [InlineData("iso-8859-9", "\u00fd\u0092", "ı’")]
    [InlineData("utf-8", "caf\u00e9", "caf\uFFFD")]
    [InlineData("koi8-r", "\u00f0\u00d2\u00c9", "При")]
    public void Is_in_the_charset_that_is_declared(string label, string octets, string text) =>
        AssertText(label, octets, text);

    [Theory]
    [InlineData("iso-8859-1", "ü")]
    [InlineData("us-ascii", "é")]
    [InlineData("gb2312", "林女士，门锁密码")]
    [InlineData("shift_jis", "番号は８７１です")]
    [InlineData("big5", "您好，號碼是")]
    [InlineData("euc-kr", "안녕하세요")]
    [InlineData("iso-2022-jp", "番号です")]
    [InlineData("windows-1251", "Привет, мир")]
    [InlineData("koi8-r", "Привет, мир")]
    [InlineData("iso-8859-7", "Καλημέρα")]
    [InlineData("iso-8859-15", "Grüße, größer übermäßig")]
    [InlineData("utf-16", "plain ASCII")]
    public void Is_UTF_8_when_the_octets_contradict(string label, string text) =>
        Assert.Equal(text, OctetText.Decode(Encoding.UTF8.GetBytes(text), Charset.Find(label)));

    [Theory]
    [InlineData("windows-1251", "\u00c5\u00b8", "Её")]
    [InlineData("gbk", "\u00c4\u00a3", "模")]
    [InlineData("iso-8859-15", "\u00c3\u00a4", "Ã€")]
    public void Is_not_UTF_8_by_chance(string label, string octets, string text) => AssertText(label, octets, text);

    [Theory]
    [InlineData("\u00ef\u00bb\u00bf\u00c3\u00b6", "ö")]
    [InlineData("\u00ff\u00fea\0", "a")]
    [InlineData("\u00fe\u00ff\0a", "a")]
    public void A_byte_order_mark_decides_and_is_taken_away(string octets, string text)
    {
        AssertText("koi8-r", octets, text);
        AssertText(null, octets, text);
    }

    [Theory]
    [InlineData("utf-16", "\0a\0b", "ab")]
    [InlineData("utf-16be", "a\0b\0", "ab")]
    [InlineData("utf-16", "a\0b\0", "ab")]
    public void UTF_16_has_the_order_that_it_has(string label, string octets, string text) =>
        AssertText(label, octets, text);

    [Theory]
    [InlineData("caf\u00c3\u00a9", "café")]
    [InlineData("caf\u00e9 \u0080", "café €")]
    [InlineData("\u001b$B%F%9%H\u001b(B", "テスト")]
    public void Is_guessed_when_nothing_is_declared(string octets, string text) => AssertText(null, octets, text);

    private static void AssertText(string? label, string octets, string text) =>
        Assert.Equal(
            text, OctetText.Decode(Encoding.Latin1.GetBytes(octets), label is null ? null : Charset.Find(label)));
}
