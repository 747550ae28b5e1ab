using Cybertemp.Mail.Addresses;

namespace Cybertemp.Tests.Mail.Addresses;

public sealed class DomainPatternTests
{
    [Theory]
    [InlineData(" Example.COM. ", "example.com")]
    [InlineData("*.B\u00FCcher.example", "*.xn--bcher-kva.example")]
    [InlineData("*.bu\u0308cher.example", "*.xn--bcher-kva.example")]
    public void Has_one_form_for_all_spellings(string spelling, string rule)
    {
        Assert.True(DomainPattern.TryParse(spelling, out var pattern));
        Assert.Equal(rule, pattern.ToString());
        Assert.Equal(pattern, DomainPattern.OfRule(rule));
    }

    [Theory]
    [InlineData("")]
    [InlineData("*.")]
    [InlineData("*.*.example.com")]
    [InlineData("example.*")]
    [InlineData("[192.0.2.1]")]
    public void Refuses_what_is_no_domain(string text) => Assert.False(DomainPattern.TryParse(text, out _));

    [Theory]
    [InlineData("example.com", "example.com", true)]
    [InlineData("example.com", "a.example.com", false)]
    [InlineData("*.example.com", "example.com", false)]
    [InlineData("*.example.com", "a.example.com", true)]
    [InlineData("*.example.com", "b.a.example.com", true)]
    [InlineData("*.example.com", "notexample.com", false)]
    public void Matches_alone_what_a_set_of_it_contains(string rule, string domain, bool expected)
    {
        var pattern = DomainPattern.OfRule(rule);
        Assert.Equal(expected, pattern.Matches(domain));
        Assert.Equal(expected, new DomainSet([pattern], withSubdomains: false).Contains(domain));
    }
}
