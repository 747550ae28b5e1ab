using System.Diagnostics;
using System.Globalization;
using Cybertemp.Benchmarks.Web;
using Cybertemp.Mail.Webhooks;
using Cybertemp.Tests.Web;

namespace Cybertemp.Benchmarks.Webhooks;

/// <summary>Mail at a steady rate to nine webhooks, of which three fail, and what webhooks cost intake.</summary>
internal static class WebhooksBenchmark
{
    private const int Targets = 9;
    private const int Rounds = 5;

    /// <summary>Arguments: messages a second (1000), seconds (30), parts (deliver,intake).</summary>
    public static async Task RunAsync(string[] arguments)
    {
        var perSecond = arguments.Length > 0 ? int.Parse(arguments[0], provider: null) : 1_000;
        var seconds = arguments.Length > 1 ? int.Parse(arguments[1], provider: null) : 30;
        var parts = arguments.Length > 2 ? arguments[2] : "deliver,intake";
        await using var stack = await WebStack.StartAsync(("Webhooks__AllowedNetworks", "127.0.0.0/8"));
        foreach (var part in parts.Split(','))
        {
            await (part == "intake" ? IntakeAsync(stack) : DeliverAsync(stack, perSecond, perSecond * seconds));
        }
    }

    /// <summary>A third of the targets, and of the mail, is of those that refuse, are busy or hang.</summary>
    private static async Task DeliverAsync(WebStack stack, int perSecond, int count)
    {
        await using var hooks = await HookReceiver.StartAsync(count);
        var tables = new WebhookTables(stack.Mail.DataSource);
        for (var target = 0; target < Targets; target++)
        {
            await AddAsync(tables, UrlOf(hooks, target), $"t{target}.example");
        }

        await Task.Delay(TimeSpan.FromSeconds(3));
        var (sent, committed) = (new long[count], new long[count]);
        var before = stack.ProcessorTime();
        var took = await SendAsync(stack.Mail, perSecond, sent, committed);
        var good = Enumerable.Range(0, count).Where(static i => i % Targets >= 3).ToList();
        var last = Stopwatch.StartNew();
        while (good.Any(i => hooks.ArrivalOf(i) == 0) && last.Elapsed < TimeSpan.FromMinutes(1))
        {
            await Task.Delay(10);
        }

        Report(hooks, good, committed, last.Elapsed);
        Measurement.ReportLatencies(
            Console.Out, "final dot, less its parsing, to the commit",
            [.. sent.Zip(committed, static (s, c) => Stopwatch.GetElapsedTime(s, c).TotalMilliseconds)]);
        var waiting = (long)(await stack.Mail.ScalarAsync("select count(*) from webhook_outbox"))!;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count:N0} messages committed at {count / took.TotalSeconds:N0}/s; processor of the one that tells "
                + $"{(stack.ProcessorTime() - before) / took:P0} of one, {stack.ResidentBytes() / 1e6:N0} MB; "
                + $"{hooks.Failed:N0} requests to the failing; "
                + $"{waiting:N0} messages wait"));
        await RemoveAllAsync(tables);
    }

    /// <summary>Until the last one is committed.</summary>
    private static async Task<TimeSpan> SendAsync(Mailroom mail, int perSecond, long[] sent, long[] committed)
    {
        var clock = Stopwatch.StartNew();
        var deliveries = new List<Task>(sent.Length);
        for (var i = 0; i < sent.Length; i++)
        {
            while (clock.Elapsed.TotalSeconds * perSecond < i)
            {
                await Task.Delay(1);
            }

            deliveries.Add(DeliverAsync(mail, i, sent, committed));
        }

        await Task.WhenAll(deliveries);
        return clock.Elapsed;
    }

    private static void Report(HookReceiver hooks, List<int> good, long[] committed, TimeSpan waited)
    {
        var told = good.FindAll(i => hooks.ArrivalOf(i) != 0);
        Measurement.ReportLatencies(
            Console.Out, "commit to a webhook that takes it",
            [.. told.Select(i => Stopwatch.GetElapsedTime(committed[i], hooks.ArrivalOf(i)).TotalMilliseconds)]);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{told.Count:N0} of {good.Count:N0} told, the last {waited.TotalMilliseconds:N0} ms after the end, "
                + $"{hooks.Repeated:N0} twice"));
    }

    private static async Task DeliverAsync(Mailroom mail, int number, long[] sent, long[] committed)
    {
        sent[number] = Stopwatch.GetTimestamp();
        await mail.DeliverAsync($"box@t{number % Targets}.example", number.ToString(CultureInfo.InvariantCulture));
        committed[number] = Stopwatch.GetTimestamp();
    }

    /// <summary>The same load in turn: without webhooks, with ten for other mail, with one for all of it.</summary>
    private static async Task IntakeAsync(WebStack stack)
    {
        var tables = new WebhookTables(stack.Mail.DataSource);
        var (without, others, all) = (new List<double>(), new List<double>(), new List<double>());
        await IntakeBenchmark.RunRoundAsync(stack.Mail);
        for (var round = 0; round < Rounds; round++)
        {
            without.Add(await IntakeBenchmark.RunRoundAsync(stack.Mail));
            for (var i = 0; i < 10; i++)
            {
                await AddAsync(tables, new Uri("http://127.0.0.1:9/"), $"other{i}.example");
            }

            others.Add(await IntakeBenchmark.RunRoundAsync(stack.Mail));
            await RemoveAllAsync(tables);
            await AddAsync(tables, new Uri("http://127.0.0.1:9/"), "*");
            all.Add(await IntakeBenchmark.RunRoundAsync(stack.Mail));
            await RemoveAllAsync(tables);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"intake, {IntakeBenchmark.Senders} senders, medians of {Rounds} rounds in turn: "
                + $"{Median(without):N0}/s without webhooks, {Median(others):N0}/s with ten for other mail, "
                + $"{Median(all):N0}/s with one for all mail"));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static Uri UrlOf(HookReceiver hooks, int target) => target switch
    {
        0 => new Uri("http://127.0.0.1:9/refuses"),
        1 => hooks.Url("/busy/1"),
        2 => hooks.Url("/slow/2"),
        _ => hooks.Url(string.Create(CultureInfo.InvariantCulture, $"/good/{target}")),
    };

    private static async Task AddAsync(WebhookTables tables, Uri url, string scope) => await tables.AddAsync(
        url, WebhookSecret.Create(), new WebhookScope(scope), ("", ""), CancellationToken.None);

    private static async Task RemoveAllAsync(WebhookTables tables)
    {
        foreach (var webhook in await tables.ListAsync(CancellationToken.None))
        {
            await tables.RemoveAsync(webhook.Id, CancellationToken.None);
        }
    }
}
