using System.Collections.Concurrent;
using System.Diagnostics;
using Aspire.Hosting.Execution;

namespace Cybertemp.Tests.Bundled.AspireHosting;

public sealed class RunningProcessTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task One_that_ignores_its_signal_is_killed_after_its_time()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        var lines = new ConcurrentQueue<string>();
        var process = await StartAsync("trap '' TERM; echo up; while :; do sleep 0.1; done", TimeSpan.FromMilliseconds(300), lines, timeout.Token);
        await WaitForAsync(lines, "up", timeout.Token);
        var watch = Stopwatch.StartNew();
        await process.StopAsync(CancellationToken.None);
        Assert.Equal(128 + 9, await process.Exit);
        Assert.InRange(watch.Elapsed, TimeSpan.FromMilliseconds(290), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Force_does_not_wait()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        using var force = new CancellationTokenSource();
        var lines = new ConcurrentQueue<string>();
        var process = await StartAsync("trap '' TERM; echo up; while :; do sleep 0.1; done", TimeSpan.FromMinutes(5), lines, timeout.Token);
        await WaitForAsync(lines, "up", timeout.Token);
        var stopping = process.StopAsync(force.Token);
        Assert.False(process.Exit.IsCompleted);
        await force.CancelAsync();
        await stopping.WaitAsync(timeout.Token);
        Assert.Equal(128 + 9, await process.Exit);
    }

    [Fact]
    public async Task An_endless_line_is_cut()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        var lines = new ConcurrentQueue<string>();
        var process = await StartAsync("head -c 40000 /dev/zero | tr '\\0' x; echo; echo end", Timeout, lines, timeout.Token);
        Assert.Equal(0, await process.Exit.WaitAsync(timeout.Token));
        Assert.Equal([16384, 16384, 7232, 3], lines.Select(l => l.Length));
    }

    private static Task<RunningProcess> StartAsync(string script, TimeSpan stopTimeout, ConcurrentQueue<string> lines, CancellationToken ct) =>
        RunningProcess.StartAsync(new ProcessSpec("sh", ["-c", script]) { StopTimeout = stopTimeout }, (line, _) => lines.Enqueue(line), ct);

    private static async Task WaitForAsync(ConcurrentQueue<string> lines, string line, CancellationToken ct)
    {
        while (!lines.Contains(line, StringComparer.Ordinal))
        {
            await Task.Delay(10, ct);
        }
    }
}
