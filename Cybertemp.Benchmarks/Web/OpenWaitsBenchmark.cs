using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Cybertemp.Benchmarks.Idle;

namespace Cybertemp.Benchmarks.Web;

/// <summary>
/// Many requests held open, each for an inbox of its own: what they take, and how soon all are answered.
/// </summary>
internal static class OpenWaitsBenchmark
{
    private const int OpenedAtOnce = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(WebStack stack, int count)
    {
        await OpenFiles.EnsureAsync(count + 1_000);
        await stack.Client.GetByteArrayAsync(new Uri("/v1/inboxes/w0@temp.example/messages", UriKind.Relative));
        var before = stack.ResidentBytes();
        var clients = new TcpClient[count];
        for (var i = 0; i < count; i++)
        {
            clients[i] = new TcpClient();
            await clients[i].ConnectAsync("127.0.0.1", stack.Port);
            await clients[i].GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"GET /v1/inboxes/w{i}@temp.example/messages?wait=60 HTTP/1.1\r\nHost: x\r\n\r\n"));
            if (i % OpenedAtOnce == 0)
            {
                await Task.Delay(Pause);
            }
        }

        await Task.Delay(TimeSpan.FromSeconds(3));
        var processor = stack.ProcessorTime();
        await Task.Delay(Idle);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count:N0} open waits: {before / 1e6:F0} MB before, {stack.ResidentBytes() / 1e6:F0} MB with them, "
                + $"processor {(stack.ProcessorTime() - processor) / Idle:P1} of one while they wait"));

        var clock = Stopwatch.StartNew();
        var answering = Task.WhenAll(clients.Select(c => AnswerAsync(c, clock)));
        await Task.WhenAll(
            Enumerable.Range(0, count).Select(i => stack.Mail.DeliverAsync($"w{i}@temp.example", "woken")));
        var committed = clock.Elapsed;
        var answers = await answering;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"one mail to each: committed in {committed.TotalMilliseconds:N0} ms, "
                + $"{answers.Count(static a => a.IsMail):N0} woken, "
                + $"the last after {answers.Max(static a => a.At).TotalMilliseconds:N0} ms, "
                + $"peak {stack.ResidentBytes() / 1e6:F0} MB"));
        Array.ForEach(clients, static c => c.Dispose());
    }

    private static async Task<(bool IsMail, TimeSpan At)> AnswerAsync(TcpClient client, Stopwatch clock)
    {
        var buffer = new byte[2_000];
        var read = await client.GetStream().ReadAsync(buffer);
        return (buffer.AsSpan(0, read).StartsWith("HTTP/1.1 200"u8), clock.Elapsed);
    }
}
