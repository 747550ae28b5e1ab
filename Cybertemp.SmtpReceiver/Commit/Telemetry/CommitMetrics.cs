using System.Diagnostics.Metrics;
using Cybertemp.SmtpReceiver.Commit.Pending;

namespace Cybertemp.SmtpReceiver.Commit.Telemetry;

/// <summary>What committing measures. Thread-safe.</summary>
internal sealed class CommitMetrics
{
    private const string Meter = "Cybertemp.SmtpReceiver";

    private readonly Meter _meter;
    private readonly Histogram<int> _batchSize;
    private readonly Histogram<double> _commitDuration;
    private readonly Counter<long> _messages;
    private readonly Counter<long> _quarantined;
    private readonly Counter<long> _inDoubt;

    public CommitMetrics(IMeterFactory meterFactory)
    {
        _meter = meterFactory.Create(Meter);
        _batchSize = _meter.CreateHistogram<int>(
            "cybertemp.storage.batch.size", "{message}", "Messages in one transaction.",
            advice: new() { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200] });
        _commitDuration = _meter.CreateHistogram<double>(
            "cybertemp.storage.commit.duration", "s", "One attempt at a transaction; error.type is the SQLSTATE.",
            advice: new()
            {
                HistogramBucketBoundaries = [.0005, .001, .002, .005, .01, .02, .05, .1, .25, .5, 1, 2.5, 5, 10],
            });
        _messages = _meter.CreateCounter<long>("cybertemp.storage.messages", "{message}", "Messages by outcome.");
        _quarantined = _meter.CreateCounter<long>(
            "cybertemp.storage.quarantined", "{message}", "Messages that PostgreSQL could not hold as rows.");
        _inDoubt = _meter.CreateCounter<long>(
            "cybertemp.storage.in_doubt", "{message}",
            "Messages refused for now that may be stored all the same: a sender's retry is a duplicate.");
    }

    public void ObserveQueue(QueueBudget queue, int limit)
    {
        _meter.CreateObservableUpDownCounter(
            "cybertemp.storage.queue.usage", () => queue.Messages, "{message}",
            "Messages in memory without an outcome.");
        _meter.CreateObservableUpDownCounter(
            "cybertemp.storage.queue.limit", () => limit, "{message}", "What usage may reach.");
        _meter.CreateObservableUpDownCounter(
            "cybertemp.storage.queue.bytes", () => queue.Bytes, "By", "Bytes of the same.");
    }

    public void BatchAttempted(int messages, TimeSpan duration, string? sqlState)
    {
        if (sqlState is null)
        {
            _batchSize.Record(messages);
            _commitDuration.Record(duration.TotalSeconds);
        }
        else
        {
            _commitDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("error.type", sqlState));
        }
    }

    public void MessageDecided(WriteOutcome outcome) =>
        _messages.Add(1, new KeyValuePair<string, object?>("cybertemp.storage.outcome", Name(outcome)));

    public void MessageQuarantined() => _quarantined.Add(1);

    public void MessagesInDoubt(int messages) => _inDoubt.Add(messages);

    private static string Name(WriteOutcome outcome) => outcome switch
    {
        WriteOutcome.Committed => "committed",
        WriteOutcome.QueueFull => "queue_full",
        WriteOutcome.DatabaseFull => "database_full",
        WriteOutcome.Unavailable => "unavailable",
    };
}
