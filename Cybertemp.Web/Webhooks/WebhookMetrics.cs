using System.Diagnostics.Metrics;
using Cybertemp.Web.Webhooks.Delivery;

namespace Cybertemp.Web.Webhooks;

/// <summary>Meter <c>Cybertemp.Web</c>: how webhooks do.</summary>
internal sealed class WebhookMetrics
{
    private readonly UpDownCounter<long> _active;
    private readonly Counter<long> _attempts;
    private readonly Counter<long> _givenUp;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _delay;
    private long _waiting;
    private long _dead;

    public WebhookMetrics(IMeterFactory meters, WebhookTargets targets)
    {
        var meter = meters.Create("Cybertemp.Web");
        _active = meter.CreateUpDownCounter<long>(
            "cybertemp.webhook.request.active", "{request}", "Requests to webhooks that are under way.");
        _attempts = meter.CreateCounter<long>(
            "cybertemp.webhook.attempts", "{attempt}", "Requests to webhooks that have ended.");
        _givenUp = meter.CreateCounter<long>(
            "cybertemp.webhook.given_up", "{message}", "Messages that were given up for a webhook.");
        _duration = meter.CreateHistogram<double>(
            "cybertemp.webhook.request.duration", "s", "How long a webhook took to answer.");
        _delay = meter.CreateHistogram<double>(
            "cybertemp.webhook.delay", "s", "From a message's receipt to the webhook that has taken it.",
            tags: null, new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 60, 600, 3600, 86_400],
            });
        meter.CreateObservableGauge(
            "cybertemp.webhook.waiting", () => Volatile.Read(ref _waiting), "{message}",
            "Messages that are still to be told, as this process last saw.");
        meter.CreateObservableGauge(
            "cybertemp.webhook.dead", () => Volatile.Read(ref _dead), "{message}",
            "Messages that were given up and may be asked for again, as this process last saw.");
        meter.CreateObservableGauge(
            "cybertemp.webhook.failing", () => targets.Failing, "{webhook}",
            "Webhooks that have failed this process three times in a row.");
    }

    public void Started() => _active.Add(1);

    /// <summary>A request has ended.</summary>
    /// <param name="attempt">As it ended.</param>
    /// <param name="delay">Since the message's receipt.</param>
    public void Ended(Attempt attempt, TimeSpan delay)
    {
        _active.Add(-1);
        _duration.Record(attempt.Duration.TotalSeconds);
        if (attempt.Outcome is AttemptOutcome.Delivered)
        {
            _attempts.Add(1);
            _delay.Record(Math.Max(delay.TotalSeconds, 0));
        }
        else
        {
            _attempts.Add(1, new KeyValuePair<string, object?>("error.type", attempt.Error));
        }
    }

    public void GivenUp(int messages)
    {
        if (messages > 0)
        {
            _givenUp.Add(messages);
        }
    }

    public void Seen(long waiting, long dead)
    {
        Volatile.Write(ref _waiting, waiting);
        Volatile.Write(ref _dead, dead);
    }
}
