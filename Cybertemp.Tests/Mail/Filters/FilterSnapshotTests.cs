using Cybertemp.Mail.Addresses;
using Cybertemp.Mail.Filters;

namespace Cybertemp.Tests.Mail.Filters;

public sealed class FilterSnapshotTests
{
    [Theory]
    [InlineData("example.com", true)]
    [InlineData("a.example.com", false)]
    [InlineData("wild.example", false)]
    [InlineData("a.wild.example", true)]
    [InlineData("a.b.c.wild.example", true)]
    [InlineData("awild.example", false)]
    [InlineData("xn--bcher-kva.example", true)]
    [InlineData("com", false)]
    [InlineData("", true)]
    public void Accepts_listed_domains_and_subdomains_of_wildcards(string domain, bool expected)
    {
        var snapshot = new FilterSnapshot(
            1, new FilterRules { Domains = ["*.wild.example", "example.com", "xn--bcher-kva.example"] });
        Assert.Equal(expected, snapshot.Accepts(new Mailbox("postmaster", domain)));
    }

    [Theory]
    [InlineData("bad", "example.com", true)]
    [InlineData("bad", "a.example.com", false)]
    [InlineData("good", "example.com", false)]
    [InlineData("x", "evil.example", true)]
    [InlineData("x", "a.b.evil.example", true)]
    [InlineData("x", "notevil.example", false)]
    [InlineData("x", "sub.example", false)]
    [InlineData("x", "a.sub.example", true)]
    [InlineData("my-lottery", "example.org", true)]
    [InlineData("win", "ner.example", true)]
    [InlineData("x", "mega-casino.example", true)]
    [InlineData("mega-casino", "example.org", false)]
    [InlineData("x", "xn--bcher-kva.example", true)]
    [InlineData("x", "xn--.example", false)]
    public void Bans_addresses_domains_with_subdomains_and_parts(string localPart, string domain, bool expected)
    {
        var snapshot = new FilterSnapshot(1, new FilterRules
        {
            BannedAddresses = ["bad@example.com"],
            BannedAddressParts = ["lottery", "win@ner"],
            BannedDomains = ["*.sub.example", "evil.example"],
            BannedDomainParts = ["casino", "b\u00FCch"],
        });
        Assert.Equal(expected, snapshot.Bans(new Mailbox(localPart, domain)));
    }

    [Fact]
    public void A_snapshot_that_takes_tables_over_answers_as_one_of_its_own()
    {
        var first = new FilterSnapshot(1, new FilterRules
        { Domains = ["a.example"], BannedDomains = ["evil.example"], BannedAddressParts = ["spam"] });
        var second = new FilterSnapshot(
            2,
            new FilterRules { Domains = ["b.example"], BannedDomains = ["evil.example"], BannedAddressParts = ["ham"] },
            first);
        Assert.Equal(2, second.Version);
        Assert.False(second.Accepts(new Mailbox("box", "a.example")));
        Assert.True(second.Accepts(new Mailbox("box", "b.example")));
        Assert.True(second.Bans(new Mailbox("x", "evil.example")));
        Assert.True(second.Bans(new Mailbox("ham", "b.example")));
        Assert.False(second.Bans(new Mailbox("spam", "b.example")));
    }

    [Fact]
    public void Open_accepts_every_domain_and_bans_nobody()
    {
        Assert.True(FilterSnapshot.Open.Accepts(new Mailbox("a", "anywhere.example")));
        Assert.False(FilterSnapshot.Open.Bans(new Mailbox("a", "anywhere.example")));
    }

    [Fact]
    public void Addresses_of_any_length_are_looked_up()
    {
        var localPart = new string('v', 1_500);
        var snapshot = new FilterSnapshot(1, new FilterRules { BannedAddresses = [localPart + "@example.com"] });
        Assert.True(snapshot.Bans(new Mailbox(localPart, "example.com")));
        Assert.False(snapshot.Bans(new Mailbox(localPart + "v", "example.com")));
    }

    [Fact]
    public void A_check_against_ten_thousand_parts_allocates_nothing()
    {
        var snapshot = new FilterSnapshot(1, new FilterRules
        {
            Domains = [.. Enumerable.Range(0, 1_000).Select(static i => $"d{i}.example")],
            BannedAddresses = [.. Enumerable.Range(0, 1_000).Select(static i => $"u{i}@example.com")],
            BannedAddressParts = [.. Enumerable.Range(0, 10_000).Select(static i => $"lottery{i}")],
            BannedDomains = ["evil.example"],
            BannedDomainParts = [.. Enumerable.Range(0, 10_000).Select(static i => $"pills{i}")],
        });
        var (recipient, sender) = (new Mailbox("box", "a.d7.example"), new Mailbox("someone", "mail.example.org"));
        Check(snapshot, recipient, sender);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            Check(snapshot, recipient, sender);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Check(FilterSnapshot snapshot, in Mailbox recipient, in Mailbox sender)
    {
        _ = snapshot.Accepts(recipient);
        _ = snapshot.Bans(sender);
    }
}
