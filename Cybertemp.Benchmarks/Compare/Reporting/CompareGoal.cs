using Cybertemp.Benchmarks.Compare.Rounds;
using Cybertemp.Benchmarks.Load;

namespace Cybertemp.Benchmarks.Compare.Reporting;

/// <summary>How many times as fast as another the receiver is to be.</summary>
/// <param name="Other">The other's key.</param>
/// <param name="Wanted">What it is to reach.</param>
/// <param name="Dreamt">What would be the best there is.</param>
internal sealed record CompareGoal(string Text, LoadMode Mode, string Other, string Wanted, string Dreamt)
{
    /// <summary>Key of the one that is compared.</summary>
    public string One { get; init; } = Contenders.Ours;

    /// <summary>How many times as fast, or as thrifty, one is.</summary>
    public Func<CompareResult, CompareResult, double> Ratio { get; init; } = static (one, two) => one.RatioTo(two);

    public static IReadOnlyList<CompareGoal> All { get; } =
    [
        new("lock, of node smtp-server + mailparser + INSERT", LoadMode.Lock, "node", "5", "8"),
        new("pipe, of the same", LoadMode.Pipe, "node", "6", "9"),
        new("lock, of SmtpServer (C#) + MimeKit + INSERT", LoadMode.Lock, "smtpserver", "3", "4"),
        new("pipe, of itself with one row a batch", LoadMode.Pipe, "single", "5", "7"),
        new("pipe, of smtp-sink, which does nothing", LoadMode.Pipe, Contenders.Sink, "0.35", "0.5"),
        new("pipe without storing, processor time, of smtp-sink", LoadMode.Pipe, Contenders.Sink, "1", "1.2")
        {
            One = "discard",
            Ratio = static (one, two) => two.ServerMicroseconds / one.ServerMicroseconds,
        },
    ];
}
