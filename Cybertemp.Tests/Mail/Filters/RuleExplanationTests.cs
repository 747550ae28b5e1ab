using Cybertemp.Mail.Addresses;
using Cybertemp.Mail.Filters;
using Cybertemp.Mail.Filters.Recipients;

namespace Cybertemp.Tests.Mail.Filters;

/// <summary>
/// The explanation goes through the rules one by one: a model that the receiver's tables are compared with.
/// </summary>
public sealed class RuleExplanationTests
{
    [Fact]
    public void Agrees_with_the_receivers_tables_on_any_rules_and_addresses()
    {
        var random = new Random(20260714);
        for (var round = 0; round < 200; round++)
        {
            var rules = new FilterRules
            {
                Domains = Some(random, Rule),
                BannedAddresses = Some(random, Address),
                BannedAddressParts = Some(random, Part),
                BannedDomains = Some(random, Rule),
                BannedDomainParts = Some(random, Part),
                BlockedAddresses = Some(random, Address),
                DomainPrefixes = Some(random, static r => $"{Word(r)}@{Rule(r)}"),
            };
            var tables = new FilterSnapshot(1, rules);
            for (var i = 0; i < 100; i++)
            {
                var mailbox = new Mailbox(Word(random), Name(random));
                Assert.Equal(tables.Accepts(mailbox), RuleExplanation.FindAccepting(rules, mailbox.Domain) is not null);
                Assert.Equal(
                    tables.Bans(mailbox),
                    RuleExplanation.FindBan(rules, mailbox.LocalPart, mailbox.Domain) is not null);
                var refusing = RuleExplanation.FindRefusing(rules, mailbox.LocalPart, mailbox.Domain);
                Assert.Equal(tables.CheckRecipient(mailbox) is RecipientVerdict.Accepted, refusing is null);
                Assert.Equal(
                    tables.CheckRecipient(mailbox) is RecipientVerdict.Blocked, refusing is "the address is blocked");
            }
        }
    }

    private static string[] Some(Random random, Func<Random, string> create) =>
        [.. Enumerable.Range(0, random.Next(4)).Select(_ => create(random)).Distinct(StringComparer.Ordinal)];

    private static string Rule(Random random) => random.Next(3) == 0 ? "*." + Name(random) : Name(random);

    private static string Address(Random random) => $"{Word(random)}@{Name(random)}";

    private static string Part(Random random) => random.Next(4) switch
    {
        0 => Word(random) + "@" + Word(random),
        1 => "\u00FC",
        _ => Word(random) + Word(random) + Word(random),
    };

    private static string Name(Random random) =>
        string.Join(
            '.', Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(8) == 0 ? "xn--tda" : Word(random)));

    private static string Word(Random random) => "abc"[random.Next(3)] + (random.Next(2) == 0 ? "" : "a");
}
