using System.Diagnostics.Metrics;
using Cybertemp.Mail.Filters;
using Cybertemp.Sync.Publishing;

namespace Cybertemp.Sync;

/// <summary>Meter <c>Cybertemp.Sync</c>.</summary>
internal sealed class SyncMetrics
{
    private readonly Counter<long> _loads;
    private readonly Counter<long> _versions;
    private long _version;
    private long _domains;
    private long _bans;
    private long _recipients;

    public SyncMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Cybertemp.Sync");
        _loads = meter.CreateCounter<long>("cybertemp.sync.loads", "{load}", "Reads of the filter sources.");
        _versions = meter.CreateCounter<long>("cybertemp.sync.versions", "{version}", "Versions published.");
        meter.CreateObservableGauge(
            "cybertemp.sync.version", () => Volatile.Read(ref _version), "{version}", "The version in force.");
        meter.CreateObservableGauge(
            "cybertemp.sync.domains", () => Volatile.Read(ref _domains), "{domain}", "Domains in force.");
        meter.CreateObservableGauge("cybertemp.sync.bans", () => Volatile.Read(ref _bans), "{ban}", "Bans in force.");
        meter.CreateObservableGauge(
            "cybertemp.sync.recipients",
            () => Volatile.Read(ref _recipients),
            "{rule}",
            "Blocked addresses and prefixes of domains in force.");
    }

    public void Loaded(bool isFailing) =>
        _loads.Add(1, new KeyValuePair<string, object?>("cybertemp.sync.failed", isFailing));

    public void Published(PublishOutcome outcome, FilterRules rules)
    {
        if (outcome.Result is PublishResult.Published)
        {
            _versions.Add(1);
        }

        if (outcome.Result is PublishResult.Published or PublishResult.Unchanged)
        {
            Volatile.Write(ref _version, outcome.Version);
            Volatile.Write(ref _domains, rules.Domains.Count);
            Volatile.Write(ref _bans, rules.BanCount);
            Volatile.Write(ref _recipients, rules.RecipientCount);
        }
    }
}
