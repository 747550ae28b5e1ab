using System.Globalization;
using Cybertemp.Benchmarks.Compare.Rounds;
using Cybertemp.Benchmarks.Load;

namespace Cybertemp.Benchmarks.Compare;

/// <summary>
/// The receiver beside the peer that needs nothing but this program, half a minute: fails below half of the ratio that
/// is wanted. On a machine that does other things too, who waits for the processors is chance: there the processor time
/// that server and PostgreSQL take for a message counts: half of the ratio that a quiet machine shows with one command
/// at a time.
/// </summary>
internal static class ShortCompare
{
    private const string Peer = "smtpserver";
    private const int Sessions = 50;
    private const int Bytes = 4096;

    private static readonly Turns Turns = new(5, TimeSpan.FromSeconds(1), WarmUp: TimeSpan.FromSeconds(2))
    {
        Settles = false,
    };

    private static readonly (LoadMode Mode, double Rate, double Thrift)[] Limits =
        [(LoadMode.Lock, 1.5, 1.1), (LoadMode.Pipe, 2, 1.1)];

    /// <summary>Arguments: the folder of another build of the receiver, as one is wanted.</summary>
    public static async Task RunAsync(string[] arguments)
    {
        var holds = await HoldsAsync(arguments) || await HoldsAsync(arguments);
        Environment.ExitCode = holds ? 0 : 1;
    }

    private static async Task<bool> HoldsAsync(string[] arguments)
    {
        await using var postgres = await CompareTarget.StartPostgresAsync(gigabytesOfWal: 2);
        var ours = arguments is [var folder]
            ? Contenders.Other(folder)
            : Contenders.Get(Contenders.Ours);
        await using var receiver = await CompareTarget.StartAsync(ours, postgres);
        await using var peer = await CompareTarget.StartAsync(Contenders.Get(Peer), postgres);
        var holds = true;
        foreach (var (mode, leastRate, leastThrift) in Limits)
        {
            Lane[] lanes =
            [
                Lane.Create("ours", receiver, mode, Sessions, Bytes), Lane.Create(Peer, peer, mode, Sessions, Bytes),
            ];
            var results = await Turns.TakeAsync(lanes);
            var (one, other) = (results[lanes[0]], results[lanes[1]]);
            var (rate, thrift) = (one.RatioTo(other), one.ThriftBeside(other));
            var isGood = rate >= leastRate || thrift >= leastThrift;
            holds &= isGood;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{(isGood ? "good" : "BAD"),-4} {mode}: {rate:F2} times as many messages as "
                    + $"{peer.Contender.Name} (wanted {leastRate:0.#}), {thrift:F2} times as many in the same "
                    + $"processor time (or {leastThrift:0.#})"));
        }

        return holds;
    }
}
