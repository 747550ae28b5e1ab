using System.Diagnostics.Metrics;
using Cybertemp.SmtpReceiver.Commit;
using Cybertemp.SmtpReceiver.Commit.Pending;
using Cybertemp.SmtpReceiver.Storage.Maintenance;

namespace Cybertemp.SmtpReceiver.Storage;

/// <summary>What storage measures. Thread-safe.</summary>
internal sealed class StorageMetrics
{
    private const string Meter = "Cybertemp.SmtpReceiver";

    private readonly Meter _meter;
    private readonly Histogram<int> _batchSize;
    private readonly Histogram<double> _commitDuration;
    private readonly Counter<long> _messages;
    private readonly Counter<long> _quarantined;
    private readonly Counter<long> _inDoubt;
    private long _databaseBytes;
    private volatile EmailDays? _days;

    public StorageMetrics(IMeterFactory meterFactory)
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
        _meter.CreateObservableGauge(
            "cybertemp.storage.database.size", () => DatabaseBytes, "By", "Size of the database.");
        _meter.CreateObservableGauge(
            "cybertemp.storage.partition.count", () => OfDays(static d => d.Count), "{partition}",
            "Days of emails that are there.");
        _meter.CreateObservableGauge(
            "cybertemp.storage.partition.oldest", () => OfDays(static d => d.Oldest), "d",
            "Days back to the oldest of them.");
        _meter.CreateObservableGauge(
            "cybertemp.storage.partition.newest", () => OfDays(static d => d.Newest), "d",
            "Days ahead to the newest of them.");
        _meter.CreateObservableGauge(
            "cybertemp.storage.partition.next_day", () => OfDays(static d => d.HasTomorrow ? 1 : 0), "{partition}",
            "1 while tomorrow's is there, else 0.");
    }

    public long DatabaseBytes
    {
        get => Volatile.Read(ref _databaseBytes);
        set => Volatile.Write(ref _databaseBytes, value);
    }

    /// <summary>Null until the database has been looked at.</summary>
    public EmailDays? Days
    {
        get => _days;
        set => _days = value;
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

    private IEnumerable<Measurement<int>> OfDays(Func<EmailDays, int?> measure) =>
        _days is { } days && measure(days) is { } value ? [new Measurement<int>(value)] : [];

    private static string Name(WriteOutcome outcome) => outcome switch
    {
        WriteOutcome.Committed => "committed",
        WriteOutcome.QueueFull => "queue_full",
        WriteOutcome.DatabaseFull => "database_full",
        WriteOutcome.Unavailable => "unavailable",
    };
}
