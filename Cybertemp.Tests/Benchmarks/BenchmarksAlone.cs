namespace Cybertemp.Tests.Benchmarks;

/// <summary>After all others, and one at a time: they measure.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class BenchmarksAlone
{
    public const string Name = "benchmarks alone";
}
