using System.Diagnostics;
using System.Globalization;
using Cybertemp.Benchmarks.Load;
using Cybertemp.Tests.Mail.Mime;
using Cybertemp.Tests.Support;

namespace Cybertemp.Benchmarks.Neighbours;

/// <summary>
/// What a good client with mails of 4 KB waits for its 250 while others send what is large or made to be costly.
/// </summary>
internal static class NeighboursBenchmark
{
    private const int HostileClients = 6;
    private const int ConvoyClients = 40;
    private const int ConvoyBytes = 26_000_000;

    private static readonly TimeSpan RoundLength = TimeSpan.FromSeconds(5);

    /// <summary>Arguments: octets of a hostile message (1000000), shapes by name (six of them).</summary>
    public static async Task RunAsync(string[] arguments)
    {
        var octets = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 1_000_000;
        string[] wanted = arguments.Length > 1
            ? arguments[1..]
            : ["one field", "fields in a part", "lines", "parts", "cells", "links"];
        await using var postgres = await PostgresServer.StartAsync("shared_buffers=512MB", "max_wal_size=4GB");
        await using var receiver = await ServiceProcess.StartAsync(
            "Cybertemp.SmtpReceiver",
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ConnectionStrings__cybertemp"] = await postgres.CreateDatabaseAsync(),
                ["Filters__Domains__Source"] = "Open",
                ["Filters__Bans__Source"] = "Open",
                ["Smtp__Port"] = "0",
                ["Smtp__UnlimitedNetworks__0"] = "127.0.0.0/8",
            });
        var port = await receiver.WaitForPortAsync("SMTP listens on");
        await MeasureAsync(port, "warm-up", [], 0);
        await MeasureAsync(port, "alone", [], 0);
        foreach (var (name, message) in HostileMessages.OfLength(octets).Where(s => wanted.Contains(s.Name)))
        {
            await MeasureAsync(port, name, message, HostileClients);
        }

        await MeasureAsync(port, $"{ConvoyClients} x 26 MB", LoadMessage.Create(ConvoyBytes, 1), ConvoyClients);
        await MeasureAsync(port, "alone again", [], 0);
    }

    /// <summary>Milliseconds from dot to 250 of the good client for five seconds, sorted.</summary>
    /// <param name="name">What the others do, for the console.</param>
    /// <param name="message">That the others send, each again and again.</param>
    /// <param name="clients">How many others.</param>
    public static async Task<List<double>> MeasureAsync(int port, string name, byte[] message, int clients)
    {
        using var stop = new CancellationTokenSource(RoundLength);
        using var good = new LoadSession(
            LoadOptions.Parse([$"port={port}", "mode=lock", "recipient=good@temp.example"]), 7);
        var waits = new List<long>();
        var others = Enumerable.Range(0, clients).Select(_ => Task.Run(() => SendAsync(port, message, stop.Token)));
        var sent = Task.WhenAll(others);
        await good.RunAsync(waits, stop.Token);
        var replies = (await sent).SelectMany(static r => r).CountBy(static code => code);
        List<double> milliseconds = [.. waits.Select(static t => t * 1000.0 / Stopwatch.Frequency)];
        Measurement.ReportLatencies(Console.Out, name, milliseconds);
        Console.WriteLine(
            "    the others got " + string.Join(", ", replies.Select(static r => $"{r.Key} x {r.Value}")));
        return milliseconds;
    }

    private static async Task<List<int>> SendAsync(int port, byte[] message, CancellationToken stop)
    {
        var replies = new List<int>();
        using var client = await SmtpClient.ConnectAsync("127.0.0.1", port);
        while (!stop.IsCancellationRequested)
        {
            await client.CommandAsync("RSET", 250);
            await client.CommandAsync("MAIL FROM:<other@example.org>", 250);
            await client.CommandAsync("RCPT TO:<other@temp.example>", 250);
            await client.SendAsync($"BDAT {message.Length} LAST");
            await client.SendAsync(message);
            replies.Add(await client.ReadReplyAsync());
        }

        return replies;
    }
}
