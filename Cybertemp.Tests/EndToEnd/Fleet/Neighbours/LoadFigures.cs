namespace Cybertemp.Tests.EndToEnd.Fleet.Neighbours;

/// <summary>What senders saw of a time.</summary>
/// <param name="Accepted">Messages that were begun in it and answered 250.</param>
/// <param name="PerSecond">The same a second.</param>
/// <param name="Median">Begin to 250.</param>
/// <param name="Slowest">Begin to 250.</param>
internal sealed record LoadFigures(int Accepted, double PerSecond, TimeSpan Median, TimeSpan Slowest)
{
    public static LoadFigures Of(IEnumerable<SentMail> mails, DateTimeOffset from, DateTimeOffset to)
    {
        TimeSpan[] times =
            [.. mails.Where(m => m.StartedAt >= from && m.StartedAt < to).Select(static m => m.Took).Order()];
        return times is []
            ? new(0, 0, TimeSpan.Zero, TimeSpan.Zero)
            : new(times.Length, times.Length / (to - from).TotalSeconds, times[times.Length / 2], times[^1]);
    }

    public override string ToString() =>
        $"{PerSecond:F0}/s, median {Median.TotalMilliseconds:F0} ms, slowest {Slowest.TotalSeconds:F1} s";
}
