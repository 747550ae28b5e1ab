using System.Diagnostics.Metrics;

namespace Cybertemp.Web;

/// <summary>Meter <c>Cybertemp.Web</c>.</summary>
internal sealed class WebMetrics
{
    public const string Inboxes = "inboxes";
    public const string Requests = "requests";
    public const string Sessions = "sessions";
    public const string Waits = "waits";

    private const string Limit = "cybertemp.web.limit";

    private readonly UpDownCounter<long> _waits;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _messages;
    private readonly Counter<long> _found;
    private readonly Histogram<double> _delay;

    public WebMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Cybertemp.Web");
        _waits = meter.CreateUpDownCounter<long>(
            "cybertemp.web.wait.active", "{request}", "Requests that are held open.");
        _refusals = meter.CreateCounter<long>(
            "cybertemp.web.refusals", "{refusal}", "Answers 429 to requests and waits, by limit.");
        _messages = meter.CreateCounter<long>(
            "cybertemp.web.messages", "{message}", "New messages that were read for somebody who waits.");
        _found = meter.CreateCounter<long>(
            "cybertemp.web.found", "{message}", "Those of them that no announcement had told of.");
        _delay = meter.CreateHistogram<double>(
            "cybertemp.web.delay", "s", "From a message's receipt, by the receiver's clock, to its readers.",
            tags: null, new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10],
            });
    }

    public void WaitOpened() => _waits.Add(1);

    public void WaitClosed() => _waits.Add(-1);

    public void Refused(string limit) => _refusals.Add(1, new KeyValuePair<string, object?>(Limit, limit));

    public void Found(int messages) => _found.Add(messages);

    public void Shown(TimeSpan delay)
    {
        _messages.Add(1);
        _delay.Record(Math.Max(delay.TotalSeconds, 0));
    }
}
