using System.Net;
using System.Text;
using Cybertemp.SmtpReceiver.Smtp.Listening;

namespace Cybertemp.Tests.Smtp.Listening;

/// <summary>The PROXY protocol, versions 1 and 2, as haproxy's proxy-protocol.txt has them.</summary>
public sealed class ProxyHeaderTests
{
    private const string Signature = "\r\n\r\n\0\r\nQUIT\n";

    public static TheoryData<string, string?> Valid() => new()
    {
        { "PROXY TCP4 192.0.2.7 192.0.2.8 56324 25\r\n", "192.0.2.7" },
        { "PROXY TCP6 2001:db8::7 2001:db8::8 1 65535\r\n", "2001:db8::7" },
        { "PROXY TCP6 ::ffff:192.0.2.7 ::ffff:192.0.2.8 1 2\r\n", "::ffff:192.0.2.7" },
        { "PROXY UNKNOWN\r\n", null },
        { "PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\n", null },
        { Signature + "\x21\x11\0\x0c\xc0\0\x02\x07\xc0\0\x02\x08\x01\x02\0\x19", "192.0.2.7" },
        { Signature + "\x21\x11\0\x0f\xc0\0\x02\x07\xc0\0\x02\x08\x01\x02\0\x19TLV", "192.0.2.7" },
        { Signature
            + "\x21\x21\0\x24 \x01\r\xb8" + new string('\0', 11) + "\x07" + new string('\0', 20), "2001:db8::7" },
        { Signature + "\x20\0\0\0", null },
        { Signature + "\x20\x11\0\x0c\xc0\0\x02\x07\xc0\0\x02\x08\x01\x02\0\x19", null },
        { Signature + "\x21\0\0\x03xyz", null },
    };

    [Theory]
    [MemberData(nameof(Valid))]
    public void Reads_a_header_and_nothing_behind_it(string header, string? client)
    {
        var octets = Encoding.Latin1.GetBytes(header + "EHLO x\r\n");
        Assert.Equal(ProxyHeaderStatus.Complete, ProxyHeader.Read(octets, out var length, out var address));
        Assert.Equal(header.Length, length);
        Assert.Equal(client is null ? null : IPAddress.Parse(client), address);
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_header_cut_anywhere_is_incomplete(string header, string? client)
    {
        Assert.True(client is null || header.Length > 0);
        for (var length = 0; length < header.Length; length++)
        {
            Assert.Equal(ProxyHeaderStatus.Incomplete, ProxyHeader.Read(
                Encoding.Latin1.GetBytes(header[..length]), out _, out _));
        }
    }

    [Theory]
    [InlineData("EHLO client.example\r\n")]
    [InlineData("proxy TCP4 192.0.2.7 192.0.2.8 1 2\r\n")]
    [InlineData("PROXY TCP5 192.0.2.7 192.0.2.8 1 2\r\n")]
    [InlineData("PROXY TCP4 2001:db8::7 2001:db8::8 1 2\r\n")]
    [InlineData("PROXY TCP4 192.0.2.7 192.0.2.8 1\r\n")]
    [InlineData("PROXY TCP4 192.0.2.7 192.0.2.8 1 65536\r\n")]
    [InlineData("PROXY TCP4 192.0.2.7 192.0.2.8 1 2 3\r\n")]
    [InlineData("PROXY TCP4 1 192.0.2.8 1 2\r\n")]
    [InlineData("PROXY TCP4 0x7f.1 192.0.2.8 1 2\r\n")]
    [InlineData("PROXY TCP4 010.0.0.1 192.0.2.8 1 2\r\n")]
    [InlineData("PROXY TCP4 192.0.2.7 192.0.2.08 1 2\r\n")]
    [InlineData("PROXY TCP4 192.0.2.7  192.0.2.8 1 2\r\n")]
    [InlineData("PROXY TCP4 192.0.2.7 192.0.2.8 1 02\r\n")]
    [InlineData("PROXY TCP6 [2001:db8::9] 2001:db8::1 1 2\r\n")]
    [InlineData("PROXY TCP6 fe80::1%1 2001:db8::1 1 2\r\n")]
    [InlineData("PROXY TCP4 evil 192.0.2.8 1 2\r\n")]
    [InlineData(Signature + "\x31\x11\0\x0c\xc0\0\x02\x07\xc0\0\x02\x08\x01\x02\0\x19")]
    [InlineData(Signature + "\x22\x11\0\0")]
    [InlineData(Signature + "\x21\x12\0\x0c\xc0\0\x02\x07\xc0\0\x02\x08\x01\x02\0\x19")]
    [InlineData(Signature + "\x21\x11\0\x04\xc0\0\x02\x07")]
    [InlineData(Signature + "\x21\x21\0\x0c\xc0\0\x02\x07\xc0\0\x02\x08\x01\x02\0\x19")]
    [InlineData(Signature + "\x21\x11\xff\xff")]
    public void Refuses_what_is_no_header(string header) =>
        Assert.Equal(ProxyHeaderStatus.Invalid, ProxyHeader.Read(Encoding.Latin1.GetBytes(header), out _, out _));

    [Fact]
    public void Refuses_a_text_header_that_does_not_end() =>
        Assert.Equal(ProxyHeaderStatus.Invalid, ProxyHeader.Read(
            Encoding.Latin1.GetBytes("PROXY UNKNOWN " + new string('x', 100)), out _, out _));
}
