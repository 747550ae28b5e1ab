using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Dashboard.Telemetry;

namespace Cybertemp.Tests.Bundled.Dashboard;

public sealed class StoreTests
{
    private static readonly TelemetryResource Sender = new("mailer", "abcdefgh");

    [Fact]
    public void The_oldest_log_goes_first_and_ids_go_on()
    {
        var store = new LogStore(new() { Logs = 3 });

        store.Add([.. Enumerable.Range(1, 5).Select(i => Log($"{i}"))]);

        Assert.Equal(["3", "4", "5"], store.ToArray().Select(static e => e.Message), StringComparer.Ordinal);
        Assert.Equal([3L, 4L, 5L], store.ToArray().Select(static e => e.Id));
        Assert.Equal(5, store.LastId);
    }

    [Fact]
    public void Logs_are_bounded_in_bytes_too()
    {
        var store = new LogStore(new() { LogBytes = 100_000 });

        store.Add([.. Enumerable.Range(0, 100).Select(static _ => Log(new('x', 10_000)))]);

        Assert.Equal(4, store.ToArray().Length);
    }

    [Fact]
    public void A_trace_goes_as_a_whole()
    {
        var store = new TraceStore(new() { Traces = 2 });

        store.Add([Span(1, 1), Span(1, 2), Span(2, 1), Span(3, 1)]);
        store.Add([Span(1, 3)]);

        Assert.Equal([1, 1], store.ToList().Select(static spans => spans.Length));
        Assert.Equal([1UL, 3UL], store.ToList().Select(static spans => (ulong)spans[0].TraceId));
        Assert.Empty(store.Find(2));
    }

    [Fact]
    public void Spans_are_bounded_in_a_trace_and_in_all()
    {
        var store = new TraceStore(new() { SpansPerTrace = 10, Spans = 25 });

        store.Add([.. Enumerable.Range(0, 100).Select(static i => Span((UInt128)(1 + (i / 20)), (ulong)i + 1))]);

        Assert.Equal([10, 10], store.ToList().Select(static spans => spans.Length));
    }

    [Fact]
    public void Console_lines_are_bounded_for_each_resource()
    {
        var store = new ConsoleStore(new() { ConsoleLines = 3, ConsoleLineChars = 5 });
        for (var i = 0; i < 10; i++)
        {
            store.Add(Line("a", $"{i}"));
        }

        store.Add(Line("b", "a long line"));

        Assert.Equal(["7", "8", "9", "a lon…"], store.Read(null, 0).Select(static l => l.Line.Text), StringComparer.Ordinal);
        Assert.Equal(["9"], store.Read("a", 9).Select(static l => l.Line.Text), StringComparer.Ordinal);
    }

    [Fact]
    public void Console_lines_are_bounded_in_characters()
    {
        var store = new ConsoleStore(new() { ConsoleChars = 100 });
        for (var i = 0; i < 50; i++)
        {
            store.Add(Line("a", "0123456789"));
        }

        Assert.Equal(10, store.Read("a", 0).Count);
    }

    [Fact]
    public void Resources_with_a_console_are_bounded()
    {
        var store = new ConsoleStore(new() { Resources = 2 });
        foreach (var name in (string[])["a", "b", "c"])
        {
            store.Add(Line(name, name));
        }

        Assert.Equal(["a", "b"], store.Read(null, 0).Select(static l => l.Line.Text), StringComparer.Ordinal);
    }

    private static ConsoleLine Line(string resource, string text) => new(resource, DateTimeOffset.UnixEpoch, text, IsError: false);

    private static LogEntry Log(string message) => new(Sender, "Category", []) { Message = message };

    private static Span Span(UInt128 trace, ulong id) => new(Sender, "Scope", []) { TraceId = trace, SpanId = id, Name = "span" };
}
