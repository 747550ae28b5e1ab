using System.Diagnostics;
using Cybertemp.Mail.Addresses;
using Cybertemp.Mail.Filters;
using Cybertemp.Mail.Filters.Mirror;
using Cybertemp.SmtpReceiver.Filtering;

namespace Cybertemp.Benchmarks.Filtering;

/// <summary>Time and memory of a check, and of loading a version, with 1.1 million rules.</summary>
internal static class FilteringBenchmark
{
    private const int Rounds = 5;
    private const int Addresses = 64;
    private const int Checks = 200_000;

    /// <summary>Arguments: exact addresses (1,000,000), patterns (10,000), domains (100,000).</summary>
    public static Task RunAsync(string[] arguments)
    {
        int Argument(int index, int otherwise) =>
            arguments.Length > index ? int.Parse(arguments[index], provider: null) : otherwise;
        var rules = CreateRules(Argument(0, 1_000_000), Argument(1, 10_000), Argument(2, 100_000));
        Console.WriteLine($"{rules.Domains.Count:N0} domains, {rules.BannedAddresses.Count:N0} addresses, "
            + $"{rules.BannedAddressParts.Count + rules.BannedDomainParts.Count:N0} patterns");
        var snapshot = MeasureLoad(rules);
        var random = new Random(2);
        var hits = Mailboxes(i => new Mailbox(
            "box", rules.Domains[random.Next(rules.Domains.Count)].Replace("*", "sub", StringComparison.Ordinal)));
        var misses = Mailboxes(i => Clean(random));
        var banned = Mailboxes(i => Split(rules.BannedAddresses[random.Next(rules.BannedAddresses.Count)]));
        MeasureCheck("recipient, listed domain", hits, m => snapshot.Accepts(m));
        MeasureCheck("recipient, unknown domain", misses, m => snapshot.Accepts(m));
        MeasureCheck("sender, not banned", misses, m => snapshot.Bans(m));
        MeasureCheck("sender, banned address", banned, m => snapshot.Bans(m));
        return Task.CompletedTask;
    }

    private static FilterSnapshot MeasureLoad(FilterRules rules)
    {
        FilterSnapshot? snapshot = null;
        var (header, chunks, _) = MirrorContract.Encode(rules);
        Console.WriteLine($"mirror: {chunks.Count} chunks, {chunks.Sum(static c => (long)c.Length) / 1e6:F1} MB");
        Median("encode (Sync)", () => MirrorContract.Encode(rules));
        Median("decode and check the hash", () => rules = MirrorContract.Decode(header, chunks, []));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Median("build the snapshot", () => snapshot = new FilterSnapshot(1, rules));
        Console.WriteLine("memory of the tables beside their strings: "
            + $"{(GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6:F1} MB");
        var changed = new FilterRules
        {
            Domains = rules.Domains,
            BannedAddresses = rules.BannedAddresses,
            BannedAddressParts = rules.BannedAddressParts,
            BannedDomains = [.. rules.BannedDomains, "zz.example"],
            BannedDomainParts = rules.BannedDomainParts,
        };
        Median("build the next snapshot, one domain banned more", () => _ = new FilterSnapshot(2, changed, snapshot));
        var source = new FilterSource();
        Median("swap", () => source.Swap(snapshot!));
        return snapshot!;
    }

    private static void MeasureCheck(string what, Mailbox[] mailboxes, Func<Mailbox, bool> check)
    {
        var bytes = 0L;
        var found = 0;
        var nanoseconds = Enumerable.Range(0, Rounds + 1).Select(_ =>
        {
            var (allocated, started) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
            for (var i = 0; i < Checks; i++)
            {
                found += check(mailboxes[i % Addresses]) ? 1 : 0;
            }

            var elapsed = Stopwatch.GetElapsedTime(started);
            bytes = GC.GetAllocatedBytesForCurrentThread() - allocated;
            return elapsed.TotalNanoseconds / Checks;
        }).ToArray()[1..].Order().ToArray();
        Console.WriteLine($"{what}: {nanoseconds[Rounds / 2]:F0} ns ({nanoseconds[0]:F0}-{nanoseconds[^1]:F0}), "
            + $"{(double)bytes / Checks:F1} bytes, {100.0 * found / Checks / (Rounds + 1):F0} % found");
    }

    private static void Median(string what, Action action)
    {
        var times = Enumerable.Range(0, Rounds).Select(_ =>
        {
            var started = Stopwatch.GetTimestamp();
            action();
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }).Order().ToArray();
        Console.WriteLine($"{what}: {times[Rounds / 2]:F1} ms ({times[0]:F1}-{times[^1]:F1})");
    }

    private static FilterRules CreateRules(int addresses, int patterns, int domains)
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

    private static string[] Distinct(int count, Func<string> create)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        while (words.Count < count)
        {
            words.Add(create());
        }

        return [.. words.Order(StringComparer.Ordinal)];
    }

    private static Mailbox Clean(Random random) => new(Word(random, 5, 20), $"mail.{Word(random, 5, 14)}.test");

    private static Mailbox[] Mailboxes(Func<int, Mailbox> create) => [.. Enumerable.Range(0, Addresses).Select(create)];

    private static Mailbox Split(string address) =>
        new(address[..address.IndexOf('@')], address[(address.IndexOf('@') + 1)..]);

    private static string Word(Random random, int min, int max) =>
        string.Create(random.Next(min, max + 1), random, static (word, random) =>
    {
        foreach (ref var c in word)
        {
            c = (char)('a' + random.Next(26));
        }
    });
}
