namespace Cybertemp.Tests.Benchmarks;

/// <summary>The failure's text says which operation, what was measured and what is allowed.</summary>
[Collection(BenchmarksAlone.Name)]
public sealed class GuardTests
{
    [Fact]
    public Task No_operation_takes_or_allocates_more_than_it_may() => BuiltBenchmarks.HoldAsync("micro", "--guard");
}
