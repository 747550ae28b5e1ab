using System.Diagnostics;
using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Cybertemp.Benchmarks.Compare;
using Cybertemp.Benchmarks.Idle;
using Perfolizer.Horology;

namespace Cybertemp.Benchmarks.Micro;

/// <summary>
/// Holds every <see cref="GuardRule"/> against a short run, of any build, by processor time. The process that measures
/// has no tiered compilation: its code would be compiled anew in the midst of it.
/// </summary>
internal static class MicroGuard
{
    private const string Tiers = "DOTNET_TieredCompilation";

    private static readonly Type[] Types = [typeof(MimeBenchmarks), typeof(FilterBenchmarks), typeof(CodeBenchmarks)];

    /// <summary>0 when all is as it may be, 1 when it is not in a second run either.</summary>
    public static int Run() => Environment.GetEnvironmentVariable(Tiers) is null ? RunOnceMore() : Measure();

    private static int RunOnceMore()
    {
        using var process = Process.Start(
            RunningServer.Start([.. ClientProcess.Self, "micro", "--guard"], (Tiers, "0")))!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private static int Measure() => HoldAll() || HoldAll() ? 0 : 1;

    /// <summary>A busy machine may spoil one run, hardly two.</summary>
    private static bool HoldAll()
    {
        var reports = Types.SelectMany(static type => BenchmarkRunner.Run(type, Config()).Reports).ToList();
        var held = GuardRule.All.Select(rule => Holds(rule, reports)).ToList();
        return !held.Contains(false);
    }

    private static ManualConfig Config() => ManualConfig.CreateEmpty()
        .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.DontLogOutput).WithClock(new ProcessorClock())
            .WithWarmupCount(1).WithIterationCount(5).WithIterationTime(TimeInterval.FromMilliseconds(25))
            .WithEvaluateOverhead(false))
        .AddLogger(NullLogger.Instance)
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddFilter(new SimpleFilter(static b => GuardRule.All.Any(
            rule => b.Parameters.PrintInfo == rule.Case && (b.Descriptor.Baseline || IsOf(rule, b)))))
        .WithOptions(ConfigOptions.DisableOptimizationsValidator)
        .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "micro"));

    private static bool Holds(GuardRule rule, List<BenchmarkReport> reports)
    {
        var report = reports.Find(r => IsOf(rule, r.BenchmarkCase))
            ?? throw new InvalidOperationException($"{rule.Operation} {rule.Case} was not measured.");
        var baseline = reports.Find(r => r.BenchmarkCase.Descriptor.Baseline
            && r.BenchmarkCase.Descriptor.Type == report.BenchmarkCase.Descriptor.Type
            && r.BenchmarkCase.Parameters.PrintInfo == report.BenchmarkCase.Parameters.PrintInfo)!;
        var times = Least(report) / Least(baseline);
        var bytes = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0;
        var holds = times <= rule.Times && bytes <= rule.Bytes;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(holds ? "good" : "BAD"),-4} {rule.Operation} {rule.Case}: {times:F2} times "
                + $"{baseline.BenchmarkCase.Descriptor.WorkloadMethod.Name} ({Least(report):N0} ns), allowed are "
                + $"{rule.Times:0.#}; {bytes:N0} bytes, allowed are {rule.Bytes:N0}"));
        return holds;
    }

    private static bool IsOf(GuardRule rule, BenchmarkCase benchmark) =>
        benchmark.Descriptor.WorkloadMethod.Name == rule.Operation
        && benchmark.Parameters.PrintInfo == rule.Case;

    /// <summary>Of the iterations' means, in nanoseconds: the one that was disturbed least.</summary>
    private static double Least(BenchmarkReport report) => report.ResultStatistics?.Min
        ?? throw new InvalidOperationException($"{report.BenchmarkCase.DisplayInfo} did not run.");
}
