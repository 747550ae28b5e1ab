namespace Cybertemp.Tests.Benchmarks;

/// <summary>The failure's text has the ratios, and the rounds that they are of.</summary>
[Collection(BenchmarksAlone.Name)]
public sealed class ShortCompareTests
{
    [Fact]
    public Task Is_at_least_half_as_far_ahead_of_SmtpServer_as_is_wanted() =>
        BuiltBenchmarks.HoldAsync("compare", "--short");
}
