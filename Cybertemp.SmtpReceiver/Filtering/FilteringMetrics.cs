using System.Diagnostics.Metrics;

namespace Cybertemp.SmtpReceiver.Filtering;

/// <summary>Meter <c>Cybertemp.SmtpReceiver</c>: the filters' version, size and age.</summary>
internal sealed class FilteringMetrics
{
    private readonly TimeProvider _time;
    private readonly Counter<long> _refreshes;
    private long _lastRefresh;

    public FilteringMetrics(IMeterFactory meters, FilterSource source, TimeProvider time)
    {
        _time = time;
        _lastRefresh = time.GetTimestamp();
        var meter = meters.Create("Cybertemp.SmtpReceiver");
        _refreshes = meter.CreateCounter<long>("cybertemp.filter.refreshes", "{refresh}", "Looks at the mirror.");
        meter.CreateObservableGauge(
            "cybertemp.filter.snapshot.age",
            Age,
            "s",
            "Time since the snapshot was last seen to be the one in force, or since the start.");
        meter.CreateObservableGauge(
            "cybertemp.filter.snapshot.version",
            () => source.Current?.Version ?? 0,
            "{version}",
            "The snapshot's version.");
        meter.CreateObservableGauge(
            "cybertemp.filter.domains", () => source.Current?.DomainCount ?? 0, "{domain}", "Accepted domains.");
        meter.CreateObservableGauge(
            "cybertemp.filter.recipients",
            () => source.Current?.RecipientCount ?? 0,
            "{rule}",
            "Blocked addresses and prefixes of domains.");
        meter.CreateObservableGauge("cybertemp.filter.bans", () => source.Current?.BanCount ?? 0, "{ban}", "Bans.");
    }

    public void Refreshed()
    {
        Volatile.Write(ref _lastRefresh, _time.GetTimestamp());
        _refreshes.Add(1);
    }

    public void RefreshFailed(Exception ex) =>
        _refreshes.Add(1, new KeyValuePair<string, object?>("error.type", ex.GetType().FullName));

    private double Age() => _time.GetElapsedTime(Volatile.Read(ref _lastRefresh)).TotalSeconds;
}
