using System.Diagnostics.Metrics;
using Cybertemp.SmtpReceiver.Storage.Maintenance;

namespace Cybertemp.SmtpReceiver.Storage;

/// <summary>What storage measures. Thread-safe.</summary>
internal sealed class StorageMetrics
{
    private const string Meter = "Cybertemp.SmtpReceiver";

    private readonly Counter<long> _formerPrimary;
    private long _databaseBytes;
    private volatile EmailDays? _days;

    public StorageMetrics(IMeterFactory meterFactory)
    {
        var meter = meterFactory.Create(Meter);
        _formerPrimary = meter.CreateCounter<long>(
            "cybertemp.storage.former_primary", "{connection}",
            "Connections refused because the server is a primary of the past.");
        meter.CreateObservableGauge(
            "cybertemp.storage.database.size", () => DatabaseBytes, "By", "Size of the database.");
        meter.CreateObservableGauge(
            "cybertemp.storage.partition.count", () => OfDays(static d => d.Count), "{partition}",
            "Days of emails that are there.");
        meter.CreateObservableGauge(
            "cybertemp.storage.partition.oldest", () => OfDays(static d => d.Oldest), "d",
            "Days back to the oldest of them.");
        meter.CreateObservableGauge(
            "cybertemp.storage.partition.newest", () => OfDays(static d => d.Newest), "d",
            "Days ahead to the newest of them.");
        meter.CreateObservableGauge(
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

    public void FormerPrimaryRefused(long connections) => _formerPrimary.Add(connections);

    private IEnumerable<Measurement<int>> OfDays(Func<EmailDays, int?> measure) =>
        _days is { } days && measure(days) is { } value ? [new Measurement<int>(value)] : [];
}
