using System.Diagnostics;
using System.Globalization;
using Cybertemp.Tests.Web.Live;

namespace Cybertemp.Benchmarks.Web;

/// <summary>The read side as its readers meet it, over HTTP.</summary>
internal static class WebBenchmark
{
    internal const string HotInbox = "/v1/inboxes/hot@temp.example/messages?limit=25";

    /// <summary>Arguments: rows (1000000), waits (10000), parts (all).</summary>
    public static async Task RunAsync(string[] arguments)
    {
        var rows = arguments.Length > 0 ? int.Parse(arguments[0], provider: null) : 1_000_000;
        var waits = arguments.Length > 1 ? int.Parse(arguments[1], provider: null) : 10_000;
        var parts = arguments.Length > 2 ? arguments[2] : "waits,events,burst,intake,private,list,peer";
        await using var stack = await WebStack.StartAsync();
        foreach (var part in parts.Split(','))
        {
            await (part switch
            {
                "waits" => OpenWaitsBenchmark.RunAsync(stack, waits),
                "events" => EventsAsync(stack),
                "burst" => BurstAsync(stack, listeners: 500, mails: 1_000),
                "intake" => IntakeBenchmark.RunAsync(stack),
                "private" => PrivateBenchmark.RunAsync(stack),
                "peer" => PeerBenchmark.RunAsync(stack),
                _ => ListAsync(stack, rows),
            });
        }
    }

    private static async Task EventsAsync(WebStack stack)
    {
        await EventsAsync(stack, perSecond: 100, count: 500);
        await EventsAsync(stack, perSecond: 1, count: 30);
        await EventsAsync(stack, perSecond: 2_000, count: 10_000);
    }

    private static async Task ListAsync(WebStack stack, int rows)
    {
        await stack.FillAsync(rows);
        var body = await stack.Client.GetByteArrayAsync(new Uri(HotInbox, UriKind.Relative));
        var latencies = new List<double>();
        for (var i = 0; i < 2_200; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await stack.Client.GetByteArrayAsync(new Uri(HotInbox, UriKind.Relative));
            latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        Measurement.ReportLatencies(
            Console.Out, $"list of 25 of 10,000 among {rows:N0} ({body.Length:N0} octets)", latencies[200..]);
        var (clock, done) = (Stopwatch.StartNew(), 0);
        await Parallel.ForEachAsync(Enumerable.Range(0, 10_000), async (_, ct) =>
        {
            await stack.Client.GetByteArrayAsync(new Uri(HotInbox, UriKind.Relative), ct);
            Interlocked.Increment(ref done);
        });
        Console.WriteLine($"lists by as many clients as processors: {done / clock.Elapsed.TotalSeconds:N0}/s");
    }

    /// <summary>From handing a mail to the writer, which is the final dot less its parsing, to its event.</summary>
    private static async Task EventsAsync(WebStack stack, int perSecond, int count)
    {
        var inbox = $"events{perSecond}@temp.example";
        await using var events = await EventReader.OpenAsync(stack.Client, $"/v1/inboxes/{inbox}/events");
        var sent = new long[count];
        var reading = Task.Run(async () =>
        {
            var latencies = new List<double>(count);
            for (var i = 0; i < count; i++)
            {
                var number = int.Parse((await events.NextSubjectAsync())!, CultureInfo.InvariantCulture);
                latencies.Add(Stopwatch.GetElapsedTime(Volatile.Read(ref sent[number])).TotalMilliseconds);
            }

            return latencies;
        });
        var clock = Stopwatch.StartNew();
        var deliveries = new List<Task>(count);
        for (var i = 0; i < count; i++)
        {
            while (clock.Elapsed.TotalSeconds * perSecond < i)
            {
                await Task.Delay(1);
            }

            Volatile.Write(ref sent[i], Stopwatch.GetTimestamp());
            deliveries.Add(stack.Mail.DeliverAsync(inbox, i.ToString(CultureInfo.InvariantCulture)));
        }

        await Task.WhenAll(deliveries);
        Measurement.ReportLatencies(Console.Out, $"mail to event at {perSecond:N0}/s", await reading);
    }

    private static async Task BurstAsync(WebStack stack, int listeners, int mails)
    {
        const string Inbox = "burst@temp.example";
        var readers = await Task.WhenAll(Enumerable.Range(0, listeners)
            .Select(_ => EventReader.OpenAsync(stack.Client, $"/v1/inboxes/{Inbox}/events")));
        var before = stack.ProcessorTime();
        var clock = Stopwatch.StartNew();
        var reading = Task.WhenAll(readers.Select(r => Task.Run(() => r.NextSubjectsAsync(mails))));
        await Task.WhenAll(Enumerable.Range(0, mails).Select(
            i => stack.Mail.DeliverAsync(Inbox, i.ToString(CultureInfo.InvariantCulture))));
        var committed = clock.Elapsed;
        var told = await reading;
        var complete = told.Count(t => t.Distinct(StringComparer.Ordinal).Count() == mails);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"burst of {mails:N0} to {listeners} listeners: committed in {committed.TotalMilliseconds:N0} ms, "
                + $"all told in {clock.Elapsed.TotalMilliseconds:N0} ms, complete {complete} of {listeners}, "
                + $"processor {(stack.ProcessorTime() - before).TotalMilliseconds:N0} ms"));
        foreach (var reader in readers)
        {
            await reader.DisposeAsync();
        }
    }
}
