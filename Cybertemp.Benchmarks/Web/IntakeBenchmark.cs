using System.Diagnostics;
using System.Globalization;
using Cybertemp.Tests.Web;

namespace Cybertemp.Benchmarks.Web;

/// <summary>Commits with and without announcements, in turn: the rounds of one pair share the machine's mood.</summary>
internal static class IntakeBenchmark
{
    private const int Rounds = 7;
    /// <summary>Of a round.</summary>
    public const int Senders = 50;

    private static readonly TimeSpan RoundLength = TimeSpan.FromSeconds(2);

    public static async Task RunAsync(WebStack stack)
    {
        await using var silent = await Mailroom.OpenAsync(stack.Mail.ConnectionString);
        await RunRoundAsync(silent);
        await RunRoundAsync(stack.Mail);
        var ratios = new List<double>();
        var (on, off) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            off.Add(await RunRoundAsync(silent));
            on.Add(await RunRoundAsync(stack.Mail));
            ratios.Add(on[^1] / off[^1]);
        }

        on.Sort();
        off.Sort();
        ratios.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"intake, {Senders} senders, medians of {Rounds} pairs: {on[Rounds / 2]:N0}/s with announcements, "
                + $"{off[Rounds / 2]:N0}/s without, "
                + $"ratio {ratios[Rounds / 2]:F3} ({ratios[0]:F2} to {ratios[^1]:F2})"));
    }

    /// <summary>Messages a second, each sent when the last is committed.</summary>
    public static async Task<double> RunRoundAsync(Mailroom mail)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(async () =>
        {
            var count = 0;
            for (; clock.Elapsed < RoundLength; count++)
            {
                await mail.DeliverAsync($"intake{sender}@temp.example", "subject");
            }

            return count;
        })));
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }
}
