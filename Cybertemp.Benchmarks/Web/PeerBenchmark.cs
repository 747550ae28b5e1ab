using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Cybertemp.Tests.Support;
using Npgsql;

namespace Cybertemp.Benchmarks.Web;

/// <summary>
/// Lists and messages a second beside node with express and pg on the same tables, in turn; <c>npm install</c> in
/// <c>peers</c> comes before.
/// </summary>
internal static class PeerBenchmark
{
    private const int Rounds = 5;
    private const int Clients = 16;

    private static readonly TimeSpan RoundLength = TimeSpan.FromSeconds(3);

    public static async Task RunAsync(WebStack stack)
    {
        var port = ChildProcess.FreePort();
        var database = new NpgsqlConnectionStringBuilder(stack.Mail.ConnectionString);
        var start = new ProcessStartInfo("node") { UseShellExecute = false, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(Repository.Root, "Cybertemp.Benchmarks", "peers", "node-express.mjs"));
        start.ArgumentList.Add(port.ToString(CultureInfo.InvariantCulture));
        start.Environment["DATABASE_URL"] =
            $"postgresql://{database.Username}@{database.Host}:{database.Port}/{database.Database}";
        using var node = await ChildProcess.StartAsync(start);
        try
        {
            await node.StandardOutput.ReadLineAsync();
            using var peer = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            using var list = JsonDocument.Parse(
                await stack.Client.GetStringAsync(new Uri(WebBenchmark.HotInbox, UriKind.Relative)));
            var id = list.RootElement.GetProperty("messages")[0].GetProperty("id").GetString();
            await CompareAsync("list of 25", WebBenchmark.HotInbox, stack.Client, peer);
            await CompareAsync("message", $"/v1/messages/{id}", stack.Client, peer);
        }
        finally
        {
            node.Kill();
        }
    }

    private static async Task CompareAsync(string what, string path, HttpClient ours, HttpClient theirs)
    {
        var uri = new Uri(path, UriKind.Relative);
        await RunRoundAsync(ours, uri);
        await RunRoundAsync(theirs, uri);
        var (our, their) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            our.Add(await RunRoundAsync(ours, uri));
            their.Add(await RunRoundAsync(theirs, uri));
        }

        our.Sort();
        their.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}, {Clients} clients, medians of {Rounds}: {our[Rounds / 2]:N0}/s, node with express and pg "
                + $"{their[Rounds / 2]:N0}/s, ratio {our[Rounds / 2] / their[Rounds / 2]:F2}"));
    }

    private static async Task<double> RunRoundAsync(HttpClient client, Uri uri)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            for (; clock.Elapsed < RoundLength; count++)
            {
                await client.GetByteArrayAsync(uri);
            }

            return count;
        })));
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }
}
