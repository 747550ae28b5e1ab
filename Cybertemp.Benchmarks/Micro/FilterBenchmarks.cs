using BenchmarkDotNet.Attributes;
using Cybertemp.Benchmarks.Filtering;
using Cybertemp.Mail.Addresses;
using Cybertemp.Mail.Filters;

namespace Cybertemp.Benchmarks.Micro;

/// <summary>
/// One check of a recipient or a sender among many banned addresses, a hundredth as many patterns and a tenth as many
/// domains, beside looking the domain up in a set.
/// </summary>
[MemoryDiagnoser]
public class FilterBenchmarks
{
    private const int Addresses = 64;

    private FilterSnapshot _snapshot = FilterSnapshot.Open;
    private HashSet<string> _set = [];
    private Mailbox[] _listed = [];
    private Mailbox[] _unknown = [];
    private Mailbox[] _banned = [];

    [Params(100_000, 1_000_000)]
    public int BannedAddresses { get; set; }

    [GlobalSetup]
    public void Create()
    {
        var rules = GeneratedRules.Create(BannedAddresses, BannedAddresses / 100, BannedAddresses / 10);
        var random = new Random(2);
        _snapshot = new FilterSnapshot(1, rules);
        _set = new HashSet<string>(rules.Domains, StringComparer.Ordinal);
        _listed = Mailboxes(() => new Mailbox(
            "box", rules.Domains[random.Next(rules.Domains.Count)].Replace("*", "sub", StringComparison.Ordinal)));
        _unknown = Mailboxes(() => GeneratedRules.Unknown(random));
        _banned = Mailboxes(
            () => GeneratedRules.Split(rules.BannedAddresses[random.Next(rules.BannedAddresses.Count)]));
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Addresses)]
    public int DomainInSet() => Count(_listed, m => _set.Contains(m.Domain));

    [Benchmark(OperationsPerInvoke = Addresses)]
    public int RecipientOfListedDomain() => Count(_listed, m => _snapshot.Accepts(m));

    [Benchmark(OperationsPerInvoke = Addresses)]
    public int RecipientOfUnknownDomain() => Count(_unknown, m => _snapshot.Accepts(m));

    [Benchmark(OperationsPerInvoke = Addresses)]
    public int SenderNotBanned() => Count(_unknown, m => _snapshot.Bans(m));

    [Benchmark(OperationsPerInvoke = Addresses)]
    public int SenderBanned() => Count(_banned, m => _snapshot.Bans(m));

    private static int Count(Mailbox[] mailboxes, Func<Mailbox, bool> check)
    {
        var found = 0;
        foreach (var mailbox in mailboxes)
        {
            found += check(mailbox) ? 1 : 0;
        }

        return found;
    }

    private static Mailbox[] Mailboxes(Func<Mailbox> create) =>
        [.. Enumerable.Range(0, Addresses).Select(_ => create())];
}
