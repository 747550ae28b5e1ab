using System.Diagnostics;

namespace Cybertemp.Benchmarks.Web;

/// <summary>
/// What a stranger could tell by the clock: lists of an address that is private and full, and of one that never was, in
/// turn.
/// </summary>
internal static class PrivateBenchmark
{
    private const int Requests = 4_000;
    private const int Mails = 50;

    public static async Task RunAsync(WebStack stack)
    {
        const string Private = "private@temp.example";
        await stack.Mail.MakePrivateAsync(Private, "password");
        for (var i = 0; i < Mails; i++)
        {
            await stack.Mail.DeliverAsync(Private, $"{i}");
        }

        string[] addresses = [Private, "nobody7@temp.example"];
        var times = addresses.ToDictionary(static a => a, static _ => new List<double>(), StringComparer.Ordinal);
        for (var i = 0; i < Requests; i++)
        {
            foreach (var address in addresses)
            {
                var started = Stopwatch.GetTimestamp();
                await stack.Client.GetByteArrayAsync(new Uri($"/v1/inboxes/{address}/messages", UriKind.Relative));
                times[address].Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        foreach (var address in addresses)
        {
            Measurement.ReportLatencies(Console.Out, $"list of {address} for anyone", times[address][(Requests / 4)..]);
        }
    }
}
