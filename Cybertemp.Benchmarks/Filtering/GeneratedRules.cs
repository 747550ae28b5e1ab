using Cybertemp.Mail.Addresses;
using Cybertemp.Mail.Filters;

namespace Cybertemp.Benchmarks.Filtering;

/// <summary>Many rules of invented words; the same in each run.</summary>
internal static class GeneratedRules
{
    /// <summary>As many banned domains as patterns, and patterns of addresses and of domains in equal parts.</summary>
    public static FilterRules Create(int addresses, int patterns, int domains)
    {
        var random = new Random(1);
        return new FilterRules
        {
            Domains = Distinct(
                domains,
                () => (random.Next(10) == 0 ? "*." : "") + $"{Word(random, 4, 14)}.{Word(random, 2, 8)}.example"),
            BannedAddresses = Distinct(
                addresses, () => $"{Word(random, 4, 12)}{random.Next(1000)}@{Word(random, 4, 10)}.example"),
            BannedAddressParts = Distinct(patterns / 2, () => Word(random, 7, 14)),
            BannedDomains = Distinct(patterns, () => $"{Word(random, 4, 14)}.example"),
            BannedDomainParts = Distinct(patterns - (patterns / 2), () => Word(random, 7, 14)),
        };
    }

    /// <summary>An address that no rule knows.</summary>
    public static Mailbox Unknown(Random random) => new(Word(random, 5, 20), $"mail.{Word(random, 5, 14)}.test");

    public static Mailbox Split(string address) =>
        new(address[..address.IndexOf('@')], address[(address.IndexOf('@') + 1)..]);

    private static string[] Distinct(int count, Func<string> create)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        while (words.Count < count)
        {
            words.Add(create());
        }

        return [.. words.Order(StringComparer.Ordinal)];
    }

    private static string Word(Random random, int min, int max) =>
        string.Create(random.Next(min, max + 1), random, static (word, random) =>
        {
            foreach (ref var c in word)
            {
                c = (char)('a' + random.Next(26));
            }
        });
}
