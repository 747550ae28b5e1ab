using Cybertemp.Mail.Filters;
using Cybertemp.Mail.Filters.Mirror;

namespace Cybertemp.Tests.Mail.Filters;

public sealed class MirrorContractTests
{
    private static readonly FilterRules Rules = new()
    {
        Domains = ["*.b.example", "a.example"],
        BannedAddresses = ["x@y.example", "\u00FC@z.example"],
        BannedAddressParts = ["spam"],
        BannedDomains = ["evil.example"],
        BannedDomainParts = ["casino"],
    };

    [Fact]
    public void Names_are_those_that_other_programs_rely_on()
    {
        Assert.Equal("cybertemp:filter:current", MirrorContract.CurrentKey);
        Assert.Equal("cybertemp:filter:changed", MirrorContract.ChangedChannel);
    }

    [Fact]
    public void What_is_decoded_is_what_was_encoded()
    {
        var (header, chunks, _) = MirrorContract.Encode(Rules);
        var copy = MirrorContract.Decode(MirrorContract.Header.FromJson(header.ToJson())!, chunks, []);
        Assert.False(copy.AcceptsAllDomains);
        Assert.Equal(Rules.Domains, copy.Domains);
        Assert.Equal(Rules.BannedAddresses, copy.BannedAddresses);
        Assert.Equal(Rules.BannedAddressParts, copy.BannedAddressParts);
        Assert.Equal(Rules.BannedDomains, copy.BannedDomains);
        Assert.Equal(Rules.BannedDomainParts, copy.BannedDomainParts);
    }

    [Fact]
    public void Chunks_stay_below_a_megabyte_and_hold_everything()
    {
        var rules = new FilterRules
        {
            BannedAddresses = [.. Enumerable.Range(0, 200_000)
            .Select(static i => $"someone{i:d6}@example.com")]
        };
        var (header, chunks, _) = MirrorContract.Encode(rules);
        Assert.True(chunks.Count > 4);
        Assert.All(chunks, static c => Assert.InRange(c.Length, 1, 1_000_000));
        Assert.Equal(
            rules.BannedAddresses, MirrorContract.Decode(header, chunks, []).BannedAddresses, StringComparer.Ordinal);
    }

    [Fact]
    public void Equal_rules_have_equal_headers_and_others_do_not()
    {
        Assert.Equal(MirrorContract.Encode(Rules).Header, MirrorContract.Encode(Rules).Header);
        var all = MirrorContract.Encode(new FilterRules { AcceptsAllDomains = true }).Header;
        Assert.False(all.Hash == MirrorContract.Encode(new FilterRules()).Header.Hash);
    }

    [Fact]
    public void A_version_with_any_octet_changed_or_a_chunk_missing_is_refused()
    {
        var (header, chunks, _) = MirrorContract.Encode(Rules);
        for (var i = 0; i < chunks[0].Length; i++)
        {
            var damaged = chunks[0].ToArray();
            damaged[i] ^= 1;
            Assert.Throws<InvalidDataException>(() => MirrorContract.Decode(header, [damaged], []));
        }

        Assert.Throws<InvalidDataException>(() => MirrorContract.Decode(header, [], []));
        Assert.Throws<InvalidDataException>(() => MirrorContract.Decode(header with { Format = 2 }, chunks, []));
        Assert.Throws<InvalidDataException>(() => MirrorContract.Decode(header with { Bans = 1 }, chunks, []));
    }

    [Fact]
    public void Rules_of_recipients_are_beside_the_others_so_that_a_program_without_them_reads_on()
    {
        var more = new FilterRules
        {
            Domains = Rules.Domains,
            BannedAddresses = Rules.BannedAddresses,
            BannedAddressParts = Rules.BannedAddressParts,
            BannedDomains = Rules.BannedDomains,
            BannedDomainParts = Rules.BannedDomainParts,
            BlockedAddresses = ["x@a.example"],
            DomainPrefixes = ["qa-@*.b.example"],
        };
        var (plain, plainChunks, none) = MirrorContract.Encode(Rules);
        var (header, chunks, recipients) = MirrorContract.Encode(more);
        Assert.Equal((plain.Hash, plain.Chunks, plain.Bans), (header.Hash, header.Chunks, header.Bans));
        Assert.Equal(plainChunks, chunks);
        Assert.Empty(none);
        Assert.NotEqual(plain, header);

        var copy = MirrorContract.Decode(MirrorContract.Header.FromJson(header.ToJson())!, chunks, recipients);
        Assert.Equal(more.BlockedAddresses, copy.BlockedAddresses);
        Assert.Equal(more.DomainPrefixes, copy.DomainPrefixes);
        Assert.Throws<InvalidDataException>(() => MirrorContract.Decode(header, chunks, []));
        Assert.Throws<InvalidDataException>(
            () => MirrorContract.Decode(header, chunks, ["bx@b.example\n"u8.ToArray()]));
    }

    [Fact]
    public void A_version_of_a_program_without_rules_of_recipients_has_none()
    {
        var (header, chunks, _) = MirrorContract.Encode(Rules);
        var old = MirrorContract.Header.FromJson(
            $$"""
            {"Format":1,"Chunks":{{header.Chunks}},"AcceptsAllDomains":false,"Domains":2,"Bans":5,"Hash":"{{header.Hash}}"}
            """);
        Assert.Equal(header, old);
        Assert.Equal(0, MirrorContract.Decode(old!, chunks, []).RecipientCount);
        Assert.Equal(chunks.Count + 1, old!.Fields);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1]")]
    public void What_is_no_header_is_none(string? json) => Assert.Null(MirrorContract.Header.FromJson(json));
}
