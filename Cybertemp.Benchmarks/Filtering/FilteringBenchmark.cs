using System.Diagnostics;
using Cybertemp.Mail.Filters;
using Cybertemp.Mail.Filters.Mirror;
using Cybertemp.SmtpReceiver.Filtering;

namespace Cybertemp.Benchmarks.Filtering;

/// <summary>Time and memory of loading a version with 1.1 million rules; the checks are in <c>micro</c>.</summary>
internal static class FilteringBenchmark
{
    private const int Rounds = 5;

    /// <summary>Arguments: exact addresses (1,000,000), patterns (10,000), domains (100,000).</summary>
    public static Task RunAsync(string[] arguments)
    {
        int Argument(int index, int otherwise) =>
            arguments.Length > index ? int.Parse(arguments[index], provider: null) : otherwise;
        var rules = GeneratedRules.Create(Argument(0, 1_000_000), Argument(1, 10_000), Argument(2, 100_000));
        Console.WriteLine($"{rules.Domains.Count:N0} domains, {rules.BannedAddresses.Count:N0} addresses, "
            + $"{rules.BannedAddressParts.Count + rules.BannedDomainParts.Count:N0} patterns");
        MeasureLoad(rules);
        return Task.CompletedTask;
    }

    private static void MeasureLoad(FilterRules rules)
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
}
