using System.Text;
using Cybertemp.Mail.Addresses;

namespace Cybertemp.Tests.Mail.Addresses;

public sealed class MailDomainTests
{
    [Theory]
    [InlineData("Example.COM", "example.com")]
    [InlineData("example.com.", "example.com")]
    [InlineData("localhost", "localhost")]
    [InlineData("_dmarc.a-b.example", "_dmarc.a-b.example")]
    [InlineData("1.2.3.4", "1.2.3.4")]
    [InlineData("b\u00FCcher.example", "xn--bcher-kva.example")]
    [InlineData("B\u00DCCHER.Example", "xn--bcher-kva.example")]
    [InlineData("bu\u0308cher.example", "xn--bcher-kva.example")]
    [InlineData("BU\u0308CHER.EXAMPLE.", "xn--bcher-kva.example")]
    [InlineData("XN--BCHER-KVA.example", "xn--bcher-kva.example")]
    [InlineData("b\u00FCcher\u3002example", "xn--bcher-kva.example")]
    [InlineData("\uFF42\u00FCcher.\uFF45xample\u3002", "xn--bcher-kva.example")]
    [InlineData("fa\u00DF.example", "xn--fa-hia.example")]
    public void Spellings_of_a_domain_meet_in_one_normal_form(string spelling, string expected)
    {
        Assert.True(MailDomain.TryNormalize(spelling, out var normalized));
        Assert.Equal(expected, normalized);
        Assert.True(normalized.IsNormalized(NormalizationForm.FormC));
        Assert.True(MailDomain.TryNormalize(normalized, out var again));
        Assert.Equal(normalized, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData(".example")]
    [InlineData("a..example")]
    [InlineData("example..")]
    [InlineData("-a.example")]
    [InlineData("a-.example")]
    [InlineData("a b.example")]
    [InlineData("a\0.example")]
    [InlineData("a\r\n.example")]
    [InlineData("a@b.example")]
    [InlineData("*.example")]
    [InlineData("[127.0.0.1]")]
    [InlineData("\u00FC\uFF20b.example")]
    [InlineData("\u00FC\uD800.example")]
    [InlineData("\u3002")]
    [InlineData("\u00FC..example")]
    public void Refuses_what_is_no_domain_name(string text)
    {
        Assert.False(MailDomain.TryNormalize(text, out var normalized));
        Assert.Equal("", normalized);
    }

    [Fact]
    public void Bounds_labels_and_the_whole_name_by_the_RFC()
    {
        var label = new string('a', 63);
        Assert.True(MailDomain.TryNormalize($"{label}.{label}.{label}.{label}", out _));
        Assert.False(MailDomain.TryNormalize($"{label}.{label}.{label}.{label}.b", out _));
        Assert.False(MailDomain.TryNormalize($"{label}a.example", out _));
        Assert.False(MailDomain.TryNormalize(new string('\u00FC', 1_000_000), out _));
    }
}
