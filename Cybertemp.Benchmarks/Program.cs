using Cybertemp.Benchmarks.Compare;
using Cybertemp.Benchmarks.Filtering;
using Cybertemp.Benchmarks.Fleet;
using Cybertemp.Benchmarks.Idle;
using Cybertemp.Benchmarks.Load;
using Cybertemp.Benchmarks.Micro;
using Cybertemp.Benchmarks.Neighbours;
using Cybertemp.Benchmarks.Scenarios;
using Cybertemp.Benchmarks.Storage;
using Cybertemp.Benchmarks.Web;
using Cybertemp.Benchmarks.Webhooks;

// Always with -c Release. Each benchmark prints medians of several rounds: compare only figures of one run.
const string Help = """
    usage: dotnet run -c Release --project Cybertemp.Benchmarks -- BENCHMARK [arguments]

      compare          the receiver beside what people would run in its place; writes the table of docs/performance.md:
                       --rounds 5 --seconds 3 --warmup 12 --sessions 50 --bytes 4096, --only KEY,KEY (writes nothing),
                       --dry (writes nothing), --quick (a look: short, writes nothing), --other FOLDER (of another
                       build of the receiver, to see what a change does; writes nothing)
                       --short (half a minute) fails below half of what is wanted beside SmtpServer; a folder after
                       it is of the build of the receiver to take
      fleet            one, two and three receivers on one PostgreSQL: what a message costs each process beside what
                       the model says, and the model for a billion a day; writes its part of docs/scaling.md:
                       rounds=3 seconds=3 warmup=60000 sessions=48 bytes=4096, dry (writes nothing)
      start, growth, slow-fsync, sizes, open-loop, telemetry, soak
                       one question each, written into docs/performance.md: --rounds 5 --seconds 3 --warmup 12
                       --sessions 50, --dry (writes nothing); growth: --rows 10000000; soak: --minutes 10 --rate 1000
      Load             messages a second and time from dot to 250 of a server that runs:
                       host=127.0.0.1 port=2525 mode=pipe|lock|percon sessions=50 bytes=4096 warmup=5 seconds=5 rounds=5
                       recipient=ADDRESS, or inboxes=0 to spread over
      DbWrite          rows a second into PostgreSQL: connection string of a database to fill,
                       rows in a batch (50), connections (1)
      Idle             memory of sessions that do nothing, and of an endless line; a good client meanwhile:
                       sessions (10000)
      micro            single operations, by BenchmarkDotNet: its arguments (--filter *Mime*, --list flat);
                       --guard (half a minute) fails when one costs more than it may
      Filtering        time and memory of loading the filters: exact addresses (1000000), patterns (10000),
                       domains (100000)
      FilterLatency    from a changed row to every receiver: connection string of an empty database, Redis endpoint,
                       changes (200), other bans (0)
      Web              the read side: a list, open waits, events, a burst, and what announcements cost intake:
                       rows (1000000), waits (10000), parts (waits,events,burst,intake,private,list,peer)
      Neighbours       what a good client waits beside others that send large or costly mail: octets (1000000),
                       names of shapes
      Webhooks         mail at a steady rate to nine webhooks of which three fail, and what webhooks cost intake:
                       messages a second (1000), seconds (30), parts (deliver,intake)
      FilterFleet      from a ban to the 550 of three processes behind the AppHost's port: changes (200), other bans (0)
    """;

var benchmarks = new Dictionary<string, Func<string[], Task>>(StringComparer.OrdinalIgnoreCase)
{
    ["compare"] = CompareBenchmark.RunAsync,
    ["fleet"] = FleetBenchmark.RunAsync,
    ["start"] = StartBenchmark.RunAsync,
    ["growth"] = GrowthBenchmark.RunAsync,
    ["slow-fsync"] = SlowFsyncBenchmark.RunAsync,
    ["sizes"] = SizesBenchmark.RunAsync,
    ["open-loop"] = OpenLoopBenchmark.RunAsync,
    ["telemetry"] = TelemetryBenchmark.RunAsync,
    ["soak"] = SoakBenchmark.RunAsync,
    ["Load"] = LoadBenchmark.RunAsync,
    ["DbWrite"] = DbWriteBenchmark.RunAsync,
    ["Idle"] = IdleBenchmark.RunAsync,
    ["micro"] = MicroBenchmark.RunAsync,
    ["Filtering"] = FilteringBenchmark.RunAsync,
    ["FilterLatency"] = FilterLatencyBenchmark.RunAsync,
    ["Neighbours"] = NeighboursBenchmark.RunAsync,
    ["Web"] = WebBenchmark.RunAsync,
    ["Webhooks"] = WebhooksBenchmark.RunAsync,
    ["FilterFleet"] = FilterFleetBenchmark.RunAsync,
};

if (args is ["--help" or "-h", ..])
{
    Console.WriteLine(Help);
    return 0;
}

if (args is [var name, .. var arguments] && benchmarks.TryGetValue(name, out var run))
{
    try
    {
        await run(arguments);
        return Environment.ExitCode;
    }
    catch (ArgumentException exception) when (exception.ParamName == nameof(arguments))
    {
        await Console.Error.WriteLineAsync(exception.Message);
        return 64;
    }
}

await Console.Error.WriteLineAsync($"one of {string.Join(", ", benchmarks.Keys)} is wanted: --help says more");
return 64;
