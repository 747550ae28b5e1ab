using System.Text;
using Cybertemp.Mail.Mime.Contents;

namespace Cybertemp.Tests.Mail.Mime.Contents;

public class TransferEncodingTests
{
    [Theory]
    [InlineData("QUJD\r\nREVG\r\n", "ABCDEF")]
    [InlineData("QUJDRA", "ABCD")]
    [InlineData("QUJDREU\r\n", "ABCDE")]
    [InlineData("QUJDRA=", "ABCD")]
    [InlineData("QUJDR", "ABC")]
    [InlineData("QQ==QUI=", "AAB")]
    [InlineData("QQ==\r\nQUI", "AAB")]
    [InlineData("Q!U\u00ffJ*D", "ABC")]
    [InlineData(" QUJD\r\n REVG\r\n", "ABCDEF")]
    [InlineData("QUJD REVG", "ABCDEF")]
    [InlineData("Q\rU\nJ\tD", "ABC")]
    [InlineData("", "")]
    [InlineData("=", "")]
    [InlineData("QQ==\r\n\r\n____\r\nYou get this from a list\r\n", "A")]
    [InlineData("QUJD\r\n-- \r\nYou get this, from a list\r\n", "ABC")]
    [InlineData("QUJD\r\nREVG\r\nSent from my phone\r\n", "ABCDEF")]
    public void Base64(string text, string decoded)
    {
        Assert.Equal(decoded, Decode(text, Base64Octets.Decode));
        Assert.Equal(decoded.Length, Base64Octets.CountDecoded(Encoding.Latin1.GetBytes(text)));
    }

    [Theory]
    [InlineData("=41=\r\nB", "AB")]
    [InlineData("=41=\nB", "AB")]
    [InlineData("A= \r\nB=\t \nC", "ABC")]
    [InlineData("A=", "A")]
    [InlineData("A= \t", "A")]
    [InlineData("=c3=A9", "\u00c3\u00a9")]
    [InlineData("a==41=4=42=ZZ = b", "a=A=4B=ZZ = b")]
    [InlineData("trailing  \r\n", "trailing  \r\n")]
    [InlineData("", "")]
    public void Quoted_printable(string text, string decoded) =>
        Assert.Equal(decoded, Decode(text, QuotedPrintableOctets.Decode));

    /// <summary>Any cut of any text: the count is of what is decoded, and nothing is written beyond the room.</summary>
    [Fact]
    public void Base64_is_counted_as_it_is_decoded()
    {
        var random = new Random(2045);
        for (var number = 0; number < 20_000; number++)
        {
            var text = Encoding.Latin1.GetBytes(random.GetString("QUJDREVG+/=\r\n -!\u00ff", random.Next(60)));
            var decoded = new byte[text.Length];

            var length = Base64Octets.Decode(text, decoded);

            Assert.True(length == Base64Octets.CountDecoded(text), $"case {number}: {Encoding.Latin1.GetString(text)}");
            var cut = new byte[random.Next(length + 1)];
            var cutLength = Base64Octets.Decode(text, cut);
            Assert.True(
                decoded.AsSpan(0, cutLength).SequenceEqual(cut.AsSpan(0, cutLength)),
                $"case {number}: {Encoding.Latin1.GetString(text)}");
            Assert.InRange(cutLength, cut.Length - 2, cut.Length);
        }
    }

    private static string Decode(string text, Func<ReadOnlySpan<byte>, Span<byte>, int> decode)
    {
        var decoded = new byte[text.Length];
        return Encoding.Latin1.GetString(decoded, 0, decode(Encoding.Latin1.GetBytes(text), decoded));
    }
}
