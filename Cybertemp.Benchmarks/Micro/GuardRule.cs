namespace Cybertemp.Benchmarks.Micro;

/// <summary>What one operation may cost.</summary>
/// <param name="Operation">Name of the benchmark's method.</param>
/// <param name="Case">Of its parameters, as BenchmarkDotNet writes them.</param>
/// <param name="Times">At most so many times as long as the baseline of its class in the same run.</param>
/// <param name="Bytes">At most so many are allocated.</param>
internal sealed record GuardRule(string Operation, string Case, double Times, long Bytes)
{
    private const string Filters = "BannedAddresses=100000";

    /// <summary>Less than the least object: the measuring itself leaves an octet or two.</summary>
    private const long Nothing = 16;

    /// <summary>
    /// Twice of what an unoptimised build takes, beside MimeKit and the runtime, which are optimised; bytes hardly
    /// differ from run to run, and have a fifth of room.
    /// </summary>
    public static IReadOnlyList<GuardRule> All { get; } =
    [
        new(nameof(MimeBenchmarks.AllThatIsStored), "Mail=Plain1KB", Times: 3, Bytes: 20_000),
        new(nameof(MimeBenchmarks.AllThatIsStored), "Mail=Alternative4KB", Times: 3, Bytes: 40_000),
        new(nameof(MimeBenchmarks.AllThatIsStored), "Mail=Attachment200KB", Times: 1, Bytes: 34_000),
        new(nameof(FilterBenchmarks.RecipientOfListedDomain), Filters, Times: 15, Nothing),
        new(nameof(FilterBenchmarks.RecipientOfUnknownDomain), Filters, Times: 15, Nothing),
        new(nameof(FilterBenchmarks.SenderNotBanned), Filters, Times: 100, Nothing),
        new(nameof(FilterBenchmarks.SenderBanned), Filters, Times: 20, Nothing),
        new(nameof(CodeBenchmarks.Codes), "Mail=Plain", Times: 200, Bytes: 85_000),
        new(nameof(CodeBenchmarks.Codes), "Mail=Html", Times: 50, Bytes: 32_000),
    ];
}
