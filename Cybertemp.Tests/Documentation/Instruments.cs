extern alias sync;

using System.Diagnostics.Metrics;
using System.Net;
using System.Reflection;
using Cybertemp.SmtpReceiver.Filtering;
using Cybertemp.SmtpReceiver.Heartbeat;
using Cybertemp.SmtpReceiver.Intake;
using Cybertemp.SmtpReceiver.Smtp;
using Cybertemp.SmtpReceiver.Storage;
using SyncMetrics = sync::Cybertemp.Sync.SyncMetrics;
using SyncOutcome = sync::Cybertemp.Sync.Publishing.PublishOutcome;
using SyncResult = sync::Cybertemp.Sync.Publishing.PublishResult;
using SyncRules = sync::Cybertemp.Sync.Mirror.FilterRules;

namespace Cybertemp.Tests.Documentation;

/// <summary>Every instrument of the product, each measured with every value that its attributes can have.</summary>
internal static class Instruments
{
    /// <summary>In place of values that nobody can list.</summary>
    public const string SqlState = "*SQLSTATE, or `client`*";

    private static readonly SmtpPeer[] Peers =
        [new(IPAddress.Loopback, "", IsExempt: false), new(IPAddress.IPv6Loopback, "", IsExempt: false)];

    private static readonly SmtpReply[] Replies =
        [.. typeof(SmtpReply).GetFields(BindingFlags.Static | BindingFlags.Public).Select(static f => f.GetValue(null)).OfType<SmtpReply>()];

    public static IReadOnlyList<PublishedInstrument> All { get; } =
    [
        .. InstrumentRecorder.Record(nameof(SmtpMetrics), MeasureSmtp),
        .. InstrumentRecorder.Record(nameof(IntakeMetrics), MeasureIntake),
        .. InstrumentRecorder.Record(nameof(StorageMetrics), MeasureStorage),
        .. InstrumentRecorder.Record(nameof(FilteringMetrics), MeasureFiltering),
        .. InstrumentRecorder.Record(nameof(HeartbeatMetrics), MeasureHeartbeat),
        .. InstrumentRecorder.Record(nameof(SyncMetrics), MeasureSync),
    ];

    private static void MeasureSmtp(IMeterFactory meters)
    {
        var metrics = new SmtpMetrics(meters);
        metrics.Observe(new Quota(1, 1, TimeProvider.System), new Quota(1, 1, TimeProvider.System));
        foreach (var peer in Peers)
        {
            metrics.ConnectionOpened(peer);
            metrics.ConnectionClosed(peer, TimeSpan.Zero, errorType: null);
            metrics.ConnectionClosed(peer, TimeSpan.Zero, SmtpMetrics.Lost);
        }

        foreach (var reply in Replies)
        {
            Array.ForEach(Enum.GetValues<SmtpVerb>(), verb => metrics.Replied(verb, reply));
        }

        metrics.LimitHit(SmtpMetrics.ProxyHeader);
        Array.ForEach(Enum.GetValues<PolicyVerdict>(), metrics.RecipientChecked);
        metrics.MessageHandedOver(1);
        Array.ForEach([null, SmtpMetrics.TimedOut, SmtpMetrics.Failed], errorType => metrics.HandshakeEnded(TimeSpan.Zero, errorType));
    }

    private static void MeasureIntake(IMeterFactory meters)
    {
        var metrics = new IntakeMetrics(meters);
        foreach (var reply in (SmtpReply[])[SmtpReply.Ok, SmtpReply.SenderBanned, SmtpReply.QueueFull, SmtpReply.DatabaseFull, SmtpReply.StorageUnavailable])
        {
            metrics.Stop(metrics.Start(), reply);
        }
    }

    private static void MeasureStorage(IMeterFactory meters)
    {
        var metrics = new StorageMetrics(meters);
        metrics.ObserveQueue(new PendingQueue(1, 1), 1);
        metrics.Days = new EmailDays(8, 0, 7, HasTomorrow: true);
        metrics.BatchAttempted(1, TimeSpan.Zero, sqlState: null);
        metrics.BatchAttempted(1, TimeSpan.Zero, SqlState);
        Array.ForEach(Enum.GetValues<WriteOutcome>(), metrics.MessageDecided);
        metrics.MessageQuarantined();
        metrics.MessagesInDoubt(1);
    }

    private static void MeasureFiltering(IMeterFactory meters)
    {
        var metrics = new FilteringMetrics(meters, new FilterSource(), TimeProvider.System);
        metrics.Refreshed();
        metrics.RefreshFailed(new TimeoutException());
    }

    private static void MeasureHeartbeat(IMeterFactory meters)
    {
        var metrics = new HeartbeatMetrics(meters);
        metrics.Answered();
        metrics.Failed(new TimeoutException());
    }

    private static void MeasureSync(IMeterFactory meters)
    {
        var metrics = new SyncMetrics(meters);
        metrics.Loaded(isFailing: false);
        metrics.Loaded(isFailing: true);
        Array.ForEach(Enum.GetValues<SyncResult>(), result => metrics.Published(new SyncOutcome(result, 1), new SyncRules()));
    }
}
