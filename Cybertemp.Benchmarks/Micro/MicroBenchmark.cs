using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Cybertemp.Benchmarks.Micro;

/// <summary>
/// What single operations cost, by BenchmarkDotNet, in this process: a program of its own for each would have the whole
/// solution built again.
/// </summary>
internal static class MicroBenchmark
{
    private static readonly Type[] Types =
        [typeof(MimeBenchmarks), typeof(HostileMimeBenchmarks), typeof(FilterBenchmarks), typeof(CodeBenchmarks)];

    /// <summary>Arguments: those of BenchmarkDotNet (<c>--filter *Mime*</c>, <c>--list flat</c>), or --guard.</summary>
    public static Task RunAsync(string[] arguments) =>
        Task.Run(() => Environment.ExitCode = arguments is ["--guard"] ? MicroGuard.Run() : Run(arguments));

    private static int Run(string[] arguments)
    {
        var config = ManualConfig.Create(DefaultConfig.Instance)
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).AsMutator())
            .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "micro"));
        var summaries = BenchmarkSwitcher.FromTypes(Types).Run(arguments is [] ? ["--filter", "*"] : arguments, config);
        var hasFailed = summaries.Any(
            static s => s.HasCriticalValidationErrors || s.Reports.Any(static r => !r.Success));
        return hasFailed ? 1 : 0;
    }
}
