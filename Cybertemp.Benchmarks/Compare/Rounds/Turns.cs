using System.Globalization;

namespace Cybertemp.Benchmarks.Compare.Rounds;

/// <summary>Rounds that take turns, so that what the machine does besides meets all alike.</summary>
/// <param name="Rounds">Of each.</param>
/// <param name="Round">How long one is.</param>
/// <param name="WarmUp">How long the round before the first is, which does not count.</param>
internal sealed record Turns(int Rounds, TimeSpan Round, TimeSpan WarmUp)
{
    /// <summary>No round pays for what was before it. Costs a minute, which a short look does not take.</summary>
    public bool Settles { get; init; } = true;

    /// <summary>Each round begins with another lane, so that none has always the same one before it.</summary>
    /// <param name="failed">Takes a lane that is measured no further; without it the first failure is thrown.</param>
    /// <returns>Of those that did not fail.</returns>
    public async Task<Dictionary<Lane, CompareResult>> TakeAsync(
        IReadOnlyList<Lane> lanes, Action<Lane, Exception>? failed = null)
    {
        var rounds = lanes.ToDictionary(static l => l, static _ => new List<CompareRound>());
        for (var round = -1; round < Rounds; round++)
        {
            for (var turn = 0; turn < lanes.Count; turn++)
            {
                var lane = lanes[(turn + round + 1) % lanes.Count];
                try
                {
                    await TakeAsync(lane, round, rounds);
                }
                catch (Exception ex) when (failed is not null && CompareTarget.IsItsOwnFault(ex))
                {
                    failed(lane, ex);
                    rounds.Remove(lane);
                }
            }
        }

        return rounds.ToDictionary(
            static r => r.Key, static r => new CompareResult(r.Key.Target.Contender, r.Key.Load.Mode, r.Value));
    }

    private async Task TakeAsync(Lane lane, int round, Dictionary<Lane, List<CompareRound>> rounds)
    {
        if (!rounds.TryGetValue(lane, out var list))
        {
            return;
        }

        if (Settles)
        {
            await Machine.SettleAsync();
        }

        var result = await CompareRound.RunAsync(lane.Target, lane.Load, round < 0 ? WarmUp : Round);
        Report(lane, round, result);
        if (round >= 0)
        {
            list.Add(result);
        }
    }

    private static void Report(Lane lane, int round, CompareRound result)
    {
        var number = round < 0 ? "warm" : RunningServer.Text(round + 1);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{lane.Load.Mode,-5}{number,5} {lane.Name,-12}{result.PerSecond,9:N0}/s  p50 {result.P50,7:F2}  p99 "
                + $"{result.P99,7:F2} ms  us/message: server {result.ServerMicroseconds,5:F0}  PostgreSQL "
                + $"{result.DatabaseMicroseconds,5:F0}  client {result.ClientMicroseconds,4:F0}  rows "
                + $"{result.Rows:N0} of {result.Messages:N0}  load {result.Load:F1}"));
    }
}
