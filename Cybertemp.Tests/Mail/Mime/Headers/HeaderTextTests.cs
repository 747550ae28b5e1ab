using System.Text;
using Cybertemp.Mail.Mime.Headers;

namespace Cybertemp.Tests.Mail.Mime.Headers;

public class HeaderTextTests
{
    [Theory]
    [InlineData("=?utf-8*en?Q?=C3=BC?=", "ü")]
    [InlineData("=?utf-8?Q?a b_c?=", "a b c")]
    [InlineData("=?utf-8?X?abc?=", "=?utf-8?X?abc?=")]
    [InlineData("=?utf-8?B?!!!?=", "")]
    [InlineData("=?utf-8?B??=", "")]
    [InlineData("a =?utf-8?Q?b?= c", "a b c")]
    [InlineData("x=?utf-8?Q?=C3=BC?=y", "xüy")]
    [InlineData("=?utf-8?Q?=C3?= =?utf-8?B?vA==?=", "ü")]
    [InlineData("=?utf-8?Q?=F0=9F?=\r\n =?UTF-8?Q?=8E=89?=", "🎉")]
    [InlineData("=?utf-8?B?w7w=?= =?iso-8859-1?Q?=FC?=", "üü")]
    [InlineData("=?us-ascii?Q?=80?=", "€")]
    [InlineData("=?iso-8859-1?Q?=C3=BC?=", "ü")]
    [InlineData("=?x-unknown?Q?=E9?=", "é")]
    [InlineData("=?utf-8?B?QmlrZSBsb2NrIGNvZGU6IDc3NTMxMA?=", "Bike lock code: 775310")]
    [InlineData("=?utf-8?Q?=3D=3F?=", "=?")]
    [InlineData("=?utf-8?Q?a", "=?utf-8?Q?a")]
    [InlineData("=??Q?a?=", "=??Q?a?=")]
    [InlineData("=?utf-8 ?Q?a?=", "=?utf-8 ?Q?a?=")]
    [InlineData("=?x =?utf-8?Q?a?=", "=?x a")]
    [InlineData("=?iso-2022-jp?B?GyRCJUYbKEI=?= =?iso-2022-jp?B?GyRCJTkbKEI=?=", "テス")]
    public void Encoded_words_are_decoded(string octets, string text) => AssertText(octets, text);

    [Theory]
    [InlineData(" this\r\n\tis a\r\n   folded\r\n \r\n subject \r\n", "this\tis a   folded  subject")]
    [InlineData("bare\rcarriage\nreturn", "barecarriagereturn")]
    [InlineData("=?utf-8?Q?a=0D=0AX-Injected:_b?=", "a X-Injected: b")]
    [InlineData("=?utf-8?Q?a=0Ab=0Dc?=", "a b c")]
    public void It_is_one_line(string octets, string text) => AssertText(octets, text);

    [Theory]
    [InlineData("caf\u00c3\u00a9", "café")]
    [InlineData("caf\u00e9 \u0080", "café €")]
    [InlineData("\u001b$B%F%9%H\u001b(B", "テスト")]
    public void Raw_octets_are_characters(string octets, string text) => AssertText(octets, text);

    private static void AssertText(string octets, string text) =>
        Assert.Equal(text, HeaderText.Decode(Encoding.Latin1.GetBytes(octets), elsewhere: null));
}
