using System.Globalization;
using Cybertemp.Benchmarks.Compare.Reporting;
using Cybertemp.Benchmarks.Load;
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
        [SmtpServerPeer.Role, var port, var connectionString] => SmtpServerPeer.RunAsync(port, connectionString),
        _ => CompareAsync(CompareOptions.Parse(arguments)),
    };

    private static async Task CompareAsync(CompareOptions options)
    {
        await using var postgres = await PostgresServer.StartAsync(
            "shared_buffers=1GB", "max_wal_size=8GB", "checkpoint_timeout=1h");
        var report = new CompareReport(options);
        var wanted = Contenders.All
            .Where(c => options.Only.Count == 0 || options.Only.Contains(c.Key, StringComparer.Ordinal))
            .Concat(options.Other.Length == 0 ? [] : [Contenders.Other(options.Other)]).ToList();
        foreach (var mode in (LoadMode[])[LoadMode.Pipe, LoadMode.Lock])
        {
            var targets = await StartAllAsync(wanted, postgres, report);
            var rounds = await MeasureAsync(targets, mode, options, report);
            report.Add(rounds.Select(r => new CompareResult(r.Key.Contender, mode, r.Value)));
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
            catch (Exception ex) when (IsItsOwnFault(ex))
            {
                report.Fail(contender, ex);
            }
        }

        return targets;
    }

    /// <summary>Each round begins with another contender, so that none has always the same one before it.</summary>
    private static async Task<Dictionary<CompareTarget, List<CompareRound>>> MeasureAsync(
        List<CompareTarget> targets, LoadMode mode, CompareOptions options, CompareReport report)
    {
        var rounds = targets.ToDictionary(static t => t, static _ => new List<CompareRound>());
        for (var round = -1; round < options.Rounds; round++)
        {
            for (var turn = 0; turn < targets.Count; turn++)
            {
                var target = targets[(turn + round + 1) % targets.Count];
                if (!rounds.TryGetValue(target, out var list))
                {
                    continue;
                }

                try
                {
                    var result = await CompareRound.RunAsync(
                        target, Load(target, mode, options), round < 0 ? options.WarmUp : options.Round);
                    CompareReport.Progress(target.Contender, mode, round, result);
                    if (round >= 0)
                    {
                        list.Add(result);
                    }
                }
                catch (Exception ex) when (IsItsOwnFault(ex))
                {
                    report.Fail(target.Contender, ex);
                    rounds.Remove(target);
                }
            }
        }

        return rounds;
    }

    private static LoadOptions Load(CompareTarget target, LoadMode mode, CompareOptions options) => LoadOptions.Parse(
    [
        $"port={RunningServer.Text(target.Port)}", $"mode={mode}", $"sessions={RunningServer.Text(options.Sessions)}",
        $"bytes={RunningServer.Text(options.Bytes)}",
        string.Create(CultureInfo.InvariantCulture, $"inboxes={CompareTarget.KnownInboxes}"),
    ]);

    private static bool IsItsOwnFault(Exception exception) => exception
        is InvalidOperationException or IOException or TimeoutException or System.ComponentModel.Win32Exception
        or System.Net.Sockets.SocketException;
}
