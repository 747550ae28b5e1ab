using Cybertemp.Benchmarks;
using Cybertemp.Benchmarks.Filtering;
using Cybertemp.Benchmarks.Load;
using Cybertemp.Benchmarks.Storage;

// Always with -c Release. Each benchmark prints medians of several rounds: compare only figures of one run.
var benchmarks = new Dictionary<string, Func<string[], Task>>(StringComparer.OrdinalIgnoreCase)
{
    ["Load"] = LoadBenchmark.RunAsync,
    ["DbWrite"] = DbWriteBenchmark.RunAsync,
    ["MimeParsing"] = static _ => Task.Run(() => new MimeParsing().Run(Console.Out)),
    ["Filtering"] = FilteringBenchmark.RunAsync,
    ["FilterLatency"] = FilterLatencyBenchmark.RunAsync,
    ["FilterFleet"] = FilterFleetBenchmark.RunAsync,
};

if (args is [var name, .. var arguments] && benchmarks.TryGetValue(name, out var run))
{
    await run(arguments);
    return 0;
}

await Console.Error.WriteLineAsync($"usage: dotnet run -c Release --project Cybertemp.Benchmarks -- {string.Join(" | ", benchmarks.Keys)} [arguments]");
return 64;
