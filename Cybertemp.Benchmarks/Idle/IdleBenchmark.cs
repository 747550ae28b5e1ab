using System.Globalization;

namespace Cybertemp.Benchmarks.Idle;

/// <summary>
/// What sessions cost that do nothing, and what one that misbehaves costs the others. The server is in this process,
/// all clients are in processes of their own; nothing is stored.
/// </summary>
internal static class IdleBenchmark
{
    private const int TlsSessions = 2_000;

    private static readonly TimeSpan SampleInterval = TimeSpan.FromMilliseconds(50);

    public static async Task RunAsync(string[] arguments)
    {
        switch (arguments)
        {
            case ["sessions", var port, var count, var security]:
                await IdleClients.RunAsync(Number(port), Number(count), usesTls: security == "tls");
                break;
            case ["endless", var port]:
                await IdleClients.SendEndlessLinesAsync(Number(port));
                break;
            default:
                await MeasureAsync(arguments is [var sessions] ? Number(sessions) : 10_000);
                break;
        }
    }

    private static async Task MeasureAsync(int sessions)
    {
        await OpenFiles.EnsureAsync(sessions + TlsSessions + 500);
        await using var server = await DiscardServer.StartAsync();
        var port = server.Port.ToString(CultureInfo.InvariantCulture);
        await WarmUpAsync(port);

        Console.WriteLine($"a client alone         {await LoadAsync(port)}");
        await MeasureIdleAsync(port, sessions, "plain", async () =>
        {
            Console.WriteLine($"a client beside them   {await LoadAsync(port)}");
            await MeasureEndlessLineAsync(port);
        });
        await MeasureIdleAsync(port, TlsSessions, "tls", static () => Task.CompletedTask);
    }

    private static async Task WarmUpAsync(string port)
    {
        await using var plain = await OpenAsync(port, 200, "plain");
        await using var tls = await OpenAsync(port, 200, "tls");
    }

    private static async Task MeasureIdleAsync(string port, int sessions, string security, Func<Task> meanwhile)
    {
        var before = DiscardServer.ResidentBytes();
        await using var clients = await OpenAsync(port, sessions, security);
        var after = DiscardServer.ResidentBytes();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{sessions} idle sessions, {security}: {(after - before) / 1024.0 / sessions:F1} KB each, "
                + $"{after / 1e6:F0} MB in all"));
        await meanwhile();
    }

    private static async Task MeasureEndlessLineAsync(string port)
    {
        var before = DiscardServer.ResidentBytes();
        var endless = ClientProcess.Start("Idle", "endless", port);
        var load = LoadAsync(port);
        var most = before;
        while (await Task.WhenAny(load, Task.Delay(SampleInterval)) != load)
        {
            most = Math.Max(most, Environment.WorkingSet);
        }

        Console.WriteLine($"and an endless line    {await load}");
        var sent = await endless.StopAsync();
        var left = DiscardServer.ResidentBytes() - before;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"endless line: {sent} sent; the server grew by {(most - before) / 1e6:F1} "
                + $"MB at most, {left / 1e6:F1} MB after a collection"));
    }

    private static async Task<ClientProcess> OpenAsync(string port, int sessions, string security)
    {
        var clients = ClientProcess.Start(
            "Idle", "sessions", port, sessions.ToString(CultureInfo.InvariantCulture), security);
        _ = await clients.ReadLineAsync();
        return clients;
    }

    /// <summary>One client that sends one message after the other.</summary>
    private static async Task<string> LoadAsync(string port)
    {
        await using var client = ClientProcess.Start(
            "Load", $"port={port}", "mode=lock", "sessions=1", "warmup=2", "seconds=5", "rounds=3");
        return await client.ReadLineAsync();
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
