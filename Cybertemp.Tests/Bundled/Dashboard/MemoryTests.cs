using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Dashboard.Otlp;
using Xunit.Abstractions;

namespace Cybertemp.Tests.Bundled.Dashboard;

[Collection(Alone)]
public sealed class MemoryTests(ITestOutputHelper output)
{
    public const string Alone = "measures the memory of the process";

    [Fact]
    public void A_million_lines_and_200000_spans_stay_within_64_MiB()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var state = new DashboardState(new() { ApplicationName = "Test" }, new(), new FakeDashboardSource(), TimeProvider.System);
        for (var i = 0; i < 1_000_000; i++)
        {
            state.Console.Add(new($"resource-{i % 6}", DateTimeOffset.UnixEpoch, $"      Session {i} from 127.0.0.1 ended after {i % 97} ms: 3 messages", IsError: false));
        }

        using var receiver = new OtlpReceiver(state);
        for (var i = 0; i < 200_000; i++)
        {
            Assert.True(receiver.AddSpans(Exports.Span("receive", spanId: (byte)(1 + (i % 5)), traceNumber: i / 5)));
            Assert.True(receiver.AddLogs(Exports.Log($"Committed {i} messages")));
        }

        var after = GC.GetTotalMemory(forceFullCollection: true);
        output.WriteLine($"{(after - before) / 1048576.0:0.0} MiB kept: {state.Console.Read(null, 0).Count} lines, "
            + $"{state.Logs.ToArray().Length} records, {state.Traces.ToList().Sum(static t => t.Length)} spans");
        Assert.InRange(after - before, 1, 64 * 1024 * 1024);
    }
}
