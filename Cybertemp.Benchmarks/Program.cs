using Cybertemp.Benchmarks;
using Cybertemp.Benchmarks.Filtering;
using Cybertemp.Benchmarks.Idle;
using Cybertemp.Benchmarks.Load;
using Cybertemp.Benchmarks.Storage;

// Always with -c Release. Each benchmark prints medians of several rounds: compare only figures of one run.
const string Help = """
    usage: dotnet run -c Release --project Cybertemp.Benchmarks -- BENCHMARK [arguments]

      Load             messages a second and time from dot to 250 of a server that runs:
                       host=127.0.0.1 port=2525 mode=pipe|lock|percon sessions=50 bytes=4096 warmup=5 seconds=5 rounds=5 recipient=ADDRESS
      DbWrite          rows a second into PostgreSQL: connection string of a database to fill, rows in a batch (50), connections (1)
      Idle             memory of sessions that do nothing, and of an endless line; a good client meanwhile: sessions (10000)
      MimeParsing      time and bytes of parsing the sample messages
      Filtering        time and memory of the filters: exact addresses (1000000), patterns (10000), domains (100000)
      FilterLatency    from a changed row to every receiver: connection string of an empty database, Redis endpoint, changes (200), other bans (0)
      FilterFleet      from a ban to the 550 of three processes behind the AppHost's port: changes (200), other bans (0)
      DashboardMemory  memory of a running AppHost under telemetry: its process id, log records (1000000), spans (200000)
    """;

var benchmarks = new Dictionary<string, Func<string[], Task>>(StringComparer.OrdinalIgnoreCase)
{
    ["Load"] = LoadBenchmark.RunAsync,
    ["DbWrite"] = DbWriteBenchmark.RunAsync,
    ["Idle"] = IdleBenchmark.RunAsync,
    ["MimeParsing"] = static _ => Task.Run(() => new MimeParsing().Run(Console.Out)),
    ["Filtering"] = FilteringBenchmark.RunAsync,
    ["FilterLatency"] = FilterLatencyBenchmark.RunAsync,
    ["FilterFleet"] = FilterFleetBenchmark.RunAsync,
    ["DashboardMemory"] = DashboardMemoryBenchmark.RunAsync,
};

if (args is ["--help" or "-h", ..])
{
    Console.WriteLine(Help);
    return 0;
}

if (args is [var name, .. var arguments] && benchmarks.TryGetValue(name, out var run))
{
    await run(arguments);
    return 0;
}

await Console.Error.WriteLineAsync($"one of {string.Join(", ", benchmarks.Keys)} is wanted: --help says more");
return 64;
