using Cybertemp.Mail.Filters;
using Cybertemp.Mail.Filters.Recipients;

namespace Cybertemp.Tests.Mail.Filters;

public sealed class RuleCompilerTests
{
    [Theory]
    [InlineData(" Example.COM. ", "example.com")]
    [InlineData("*.B\u00DCCHER.example", "*.xn--bcher-kva.example")]
    [InlineData("bu\u0308cher.example", "xn--bcher-kva.example")]
    public void Domains_take_the_normal_form(string row, string rule) =>
        Assert.Equal([rule], Compile([row]).Domains);

    [Fact]
    public void Equal_domains_are_one_rule_and_the_order_of_rows_does_not_matter()
    {
        Assert.Equal(["a.example", "b.example"], Compile(["B.example", "a.example", "b.example."]).Domains);
        Assert.Equal(["a.example", "b.example"], Compile(["a.example", "b.example"]).Domains);
    }

    [Theory]
    [InlineData("email", "exact", "Bad.Guy@B\u00FCcher.Example", "a:bad.guy@xn--bcher-kva.example")]
    [InlineData("EMAIL", null, "x@y.example", "a:x@y.example")]
    [InlineData("email", "exact", "JOSE\u0301@example.com", "a:jos\u00E9@example.com")]
    [InlineData("email", "exact", "x@[192.0.2.1]", "a:x@[192.0.2.1]")]
    [InlineData("email", "exact", "\"Bad\"@example.com", "a:bad@example.com")]
    [InlineData("email", "contains", "@Spam", "p:@spam")]
    [InlineData("domain", "exact", "Evil.example", "d:evil.example")]
    [InlineData("domain", "exact", "@Evil.example", "d:evil.example")]
    [InlineData("domain", " Exact ", "*.evil.example", "d:*.evil.example")]
    [InlineData("domain", "contains", "CASINO", "q:casino")]
    public void Bans_take_the_normal_form(string scope, string? matchType, string value, string expected)
    {
        var rules = RuleCompiler.Compile(
            [], [new BanRow("1", scope, value, matchType)], RecipientRows.None, out var unreadable);
        Assert.Empty(unreadable);
        Assert.Equal(expected, Assert.Single(Tagged(rules)));
    }

    [Theory]
    [InlineData("email", "exact", "nobody")]
    [InlineData("email", "exact", "@example.com")]
    [InlineData("email", "exact", "a@b c")]
    [InlineData("email", "contains", "  ")]
    [InlineData("email", "contains", "a\nb")]
    [InlineData("domain", "exact", "a..b")]
    [InlineData("domain", "contains", "")]
    [InlineData("domain", "regex", ".*")]
    [InlineData("ip", "exact", "192.0.2.1")]
    [InlineData(null, null, null)]
    public void A_row_that_means_nothing_is_left_out_and_named(string? scope, string? matchType, string? value)
    {
        var rules = RuleCompiler.Compile(
            [new DomainRow("3", "*."), new DomainRow("4", null)], [new BanRow("5", scope, value, matchType)],
            RecipientRows.None, out var unreadable);
        Assert.Equal(["3", "4", "5"], unreadable);
        Assert.Equal(0, rules.Domains.Count + rules.BanCount);
    }

    [Fact]
    public void A_lone_surrogate_is_no_rule()
    {
        RuleCompiler.Compile(
            [new DomainRow("1", "\uD800.example")],
            [new BanRow("2", "email", "\uD800", "contains")],
            new RecipientRows([new BlockedRow("3", "\uD800@a.example")], [new PrefixRow("4", "a.example", "\uD800")]),
            out var unreadable);
        Assert.Equal(["1", "2", "3", "4"], unreadable);
    }

    [Fact]
    public void Open_lists_accept_all_and_ban_nobody()
    {
        var rules = RuleCompiler.Compile(domains: null, bans: null, RecipientRows.None, out _);
        Assert.True(rules.AcceptsAllDomains);
        Assert.Equal(0, rules.BanCount);
    }

    [Theory]
    [InlineData("Test-", "Shop.Example", "test-@shop.example")]
    [InlineData(" qa. ", "*.B\u00FCcher.example", "qa.@*.xn--bcher-kva.example")]
    [InlineData("a@b", "shop.example", null)]
    [InlineData("", "shop.example", null)]
    [InlineData("a b", "shop.example", null)]
    [InlineData("test-", "no domain", null)]
    public void Prefixes_take_the_normal_form_or_are_left_out(string prefix, string domain, string? expected)
    {
        var rules = RuleCompiler.Compile(
            [], [],
            new RecipientRows([new BlockedRow("1", "B\u00F6x@Shop.example")], [new PrefixRow("2", domain, prefix)]),
            out var unreadable);
        Assert.Equal(["b\u00F6x@shop.example"], rules.BlockedAddresses);
        Assert.Equal(expected is null ? [] : [expected], rules.DomainPrefixes);
        Assert.Equal(expected is null ? ["2"] : [], unreadable);
    }

    private static FilterRules Compile(IEnumerable<string> domains) =>
        RuleCompiler.Compile(
            [.. domains.Select(static (d, i) => new DomainRow($"{i}", d))], [], RecipientRows.None, out _);

    private static IEnumerable<string> Tagged(FilterRules rules) =>
    [
        .. rules.BannedAddresses.Select(static r => "a:" + r),
        .. rules.BannedAddressParts.Select(static r => "p:" + r),
        .. rules.BannedDomains.Select(static r => "d:" + r),
        .. rules.BannedDomainParts.Select(static r => "q:" + r),
    ];
}
