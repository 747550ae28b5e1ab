using System.Diagnostics;
using System.Net;
using System.Text;
using Cybertemp.Mail.Failover;
using Cybertemp.Mail.Mime;
using Cybertemp.Mail.Schema;
using Cybertemp.SmtpReceiver.Commit;
using Cybertemp.SmtpReceiver.Commit.Pending;
using Cybertemp.SmtpReceiver.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Cybertemp.Benchmarks.Storage;

/// <summary>Rows a second through the one statement of the commit path, without SMTP and without parsing.</summary>
internal static class DbWriteBenchmark
{
    private const int Rounds = 5;

    private static readonly TimeSpan RoundLength = TimeSpan.FromSeconds(3);

    /// <summary>Arguments: connection string of a database to fill, rows in a batch (50), connections (1).</summary>
    public static async Task RunAsync(string[] arguments)
    {
        var rows = arguments.Length > 1 ? int.Parse(arguments[1], provider: null) : 50;
        var connections = arguments.Length > 2 ? int.Parse(arguments[2], provider: null) : 1;
        var options = new StorageOptions { MinPoolSize = connections, Writers = connections };
        var builder = new NpgsqlDataSourceBuilder(arguments[0]);
        var fence = new TimelineFence(options.TimelineFence);
        StorageConnection.Configure(builder, options, fence);
        await using var dataSource = builder.Build();
        await new SchemaMigrator(dataSource, NullLogger<SchemaMigrator>.Instance).MigrateAsync(CancellationToken.None);
        await using var store = new PostgresMessageStore(
            dataSource,
            fence,
            new EmailPartitions(dataSource, NullLogger<EmailPartitions>.Instance),
            new StorageClock(TimeProvider.System, NullLogger<StorageClock>.Instance),
            Options.Create(options),
            NullLogger<PostgresMessageStore>.Instance);

        for (var round = 0; round <= Rounds; round++)
        {
            var (latencies, elapsed) = await RunRoundAsync(store, rows, connections);
            latencies.Sort();
            Console.WriteLine(
                $"{(round == 0 ? "warm-up" : $"round {round}")}: "
                + $"{latencies.Count * rows / elapsed.TotalSeconds:N0} rows/s, "
                + $"batch p50 {latencies[latencies.Count / 2]:F2} ms, "
                + $"p99 {latencies[latencies.Count * 99 / 100]:F2} ms");
        }
    }

    private static async Task<(List<double> Latencies, TimeSpan Elapsed)> RunRoundAsync(
        PostgresMessageStore store, int rows, int connections)
    {
        var clock = Stopwatch.StartNew();
        var lanes = await Task.WhenAll(
            Enumerable.Range(0, connections).Select(lane => Task.Run(() => WriteAsync(store, rows, lane, clock))));
        return ([.. lanes.SelectMany(l => l)], clock.Elapsed);
    }

    private static async Task<List<double>> WriteAsync(PostgresMessageStore store, int rows, int lane, Stopwatch clock)
    {
        var random = new Random(lane);
        var latencies = new List<double>();
        var contents = Enumerable.Range(0, 64).Select(i => Words(random, 4096)).ToArray();
        while (clock.Elapsed < RoundLength)
        {
            List<PendingMessage> messages = [.. Enumerable.Range(0, rows).Select(_ => Message(random, contents))];
            var started = Stopwatch.GetTimestamp();
            await store.InsertAsync(new MessageBatch(messages, MessageBatch.NewLockKey()));
            latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return latencies;
    }

    private static PendingMessage Message(Random random, string[] contents)
    {
        var content = contents[random.Next(contents.Length)];
        var message = new StoredMessage(
            Guid.CreateVersion7(),
            new("no-reply@shop.example", [], IPAddress.Loopback, "mail.shop.example", Tls: null),
            [new($"box{random.Next(100_000)}@cybertemp.localhost", IsReserved: false)],
            new ParsedMessage
            {
                FromName = "Example Shop",
                FromAddress = "no-reply@shop.example",
                Subject = "Your code",
                Text = content[..1024],
                Html = content[1024..3072],
                MessageId = "1234.5678@shop.example",
                Date = TimeProvider.System.GetUtcNow(),
                Headers =
                    """[["From","Shop <no-reply@shop.example>"],["Subject","Your code"],["MIME-Version","1.0"]]""",
            },
            Encoding.ASCII.GetBytes(content));
        return new PendingMessage(message, TimeProvider.System.GetUtcNow(), long.MaxValue);
    }

    private static string Words(Random random, int length)
    {
        string[] words =
            ["code", "account", "please", "confirm", "address", "message", "order", "delivery", "link", "expires"];
        var text = new StringBuilder(length + 16);
        while (text.Length < length)
        {
            text.Append(words[random.Next(words.Length)]).Append(random.Next(100, 99_999)).Append(' ');
        }

        return text.ToString(0, length);
    }
}
