using Cybertemp.Benchmarks.Compare.Reporting;
using Cybertemp.Benchmarks.Compare.Rounds;
using Cybertemp.Benchmarks.Load;
using Cybertemp.Benchmarks.Scenarios;
using Cybertemp.Tests.Support;

namespace Cybertemp.Benchmarks.Compare;

/// <summary>
/// The receiver beside what people would run in its place, each a process of its own on one PostgreSQL of the
/// benchmark's, in rounds that take turns. Who cannot be measured is a line that says why.
/// </summary>
internal static class CompareBenchmark
{
    public static Task RunAsync(string[] arguments) => arguments switch
    {
        [DiscardRole.Role, var port, ..] => DiscardRole.RunAsync(port),
        [OtlpSink.Role, var port, ..] => OtlpSink.RunAsync(port),
        [SmtpServerPeer.Role, var port, var connectionString] => SmtpServerPeer.RunAsync(port, connectionString),
        ["--short", .. var receiver] => ShortCompare.RunAsync(receiver),
        _ => CompareAsync(CompareOptions.Parse(arguments)),
    };

    private static async Task CompareAsync(CompareOptions options)
    {
        await using var postgres = await CompareTarget.StartPostgresAsync();
        var report = new CompareReport(options);
        var wanted = Contenders.All
            .Where(c => options.Only.Count == 0 || options.Only.Contains(c.Key, StringComparer.Ordinal))
            .Concat(options.Other.Length == 0 ? [] : [Contenders.Other(options.Other)]).ToList();
        foreach (var mode in (LoadMode[])[LoadMode.Pipe, LoadMode.Lock])
        {
            var targets = await StartAllAsync(wanted, postgres, report);
            await CompareTarget.WriteBackAsync(postgres);
            var lanes = targets.ConvertAll(
                t => Lane.Create(t.Contender.Key, t, mode, options.Sessions, options.Bytes));
            var results = await options.Turns.TakeAsync(
                lanes, (lane, exception) => report.Fail(lane.Target.Contender, exception));
            report.Add(lanes.Where(results.ContainsKey).Select(l => results[l]));
            foreach (var target in targets)
            {
                await target.DisposeAsync();
            }
        }

        await report.WriteAsync();
    }

    private static async Task<List<CompareTarget>> StartAllAsync(
        List<Contender> wanted, PostgresServer postgres, CompareReport report)
    {
        var targets = new List<CompareTarget>();
        foreach (var contender in wanted)
        {
            try
            {
                targets.Add(await CompareTarget.StartAsync(contender, postgres));
            }
            catch (Exception ex) when (CompareTarget.IsItsOwnFault(ex))
            {
                report.Fail(contender, ex);
            }
        }

        return targets;
    }
}
