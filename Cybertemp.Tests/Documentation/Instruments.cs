using System.Diagnostics.Metrics;
using System.Net;
using System.Reflection;
using Cybertemp.Mail.Filters;
using Cybertemp.SmtpReceiver.Announcing;
using Cybertemp.SmtpReceiver.Commit;
using Cybertemp.SmtpReceiver.Commit.Pending;
using Cybertemp.SmtpReceiver.Commit.Telemetry;
using Cybertemp.SmtpReceiver.Filtering;
using Cybertemp.SmtpReceiver.Heartbeat;
using Cybertemp.SmtpReceiver.Intake;
using Cybertemp.SmtpReceiver.Smtp;
using Cybertemp.SmtpReceiver.Smtp.Envelope;
using Cybertemp.SmtpReceiver.Smtp.Limits;
using Cybertemp.SmtpReceiver.Smtp.Listening;
using Cybertemp.SmtpReceiver.Smtp.Session;
using Cybertemp.SmtpReceiver.Storage;
using Cybertemp.SmtpReceiver.Storage.Maintenance;
using Cybertemp.Sync;
using Cybertemp.Sync.Publishing;
using Cybertemp.Web;
using Cybertemp.Web.Webhooks;
using Cybertemp.Web.Webhooks.Delivery;

namespace Cybertemp.Tests.Documentation;

/// <summary>Every instrument of the product, each measured with every value that its attributes can have.</summary>
internal static class Instruments
{
    /// <summary>In place of values that nobody can list.</summary>
    public const string SqlState = "*SQLSTATE, or `client`*";

    private static readonly SmtpPeer[] Peers =
        [new(IPAddress.Loopback, "", IsExempt: false), new(IPAddress.IPv6Loopback, "", IsExempt: false)];

    private static readonly SmtpReply[] Replies =
        [.. typeof(SmtpReply).GetFields(BindingFlags.Static | BindingFlags.Public)
            .Select(static f => f.GetValue(null)).OfType<SmtpReply>()];

    public static IReadOnlyList<PublishedInstrument> All { get; } =
    [
        .. InstrumentRecorder.Record(nameof(SmtpMetrics), MeasureSmtp),
        .. InstrumentRecorder.Record(nameof(IntakeMetrics), MeasureIntake),
        .. InstrumentRecorder.Record(nameof(CommitMetrics), MeasureCommits),
        .. InstrumentRecorder.Record(nameof(StorageMetrics), MeasureStorage),
        .. InstrumentRecorder.Record(nameof(AnnouncingMetrics), MeasureAnnouncing),
        .. InstrumentRecorder.Record(nameof(FilteringMetrics), MeasureFiltering),
        .. InstrumentRecorder.Record(nameof(HeartbeatMetrics), MeasureHeartbeat),
        .. InstrumentRecorder.Record(nameof(SyncMetrics), MeasureSync),
        .. InstrumentRecorder.Record(nameof(WebMetrics), MeasureWeb),
        .. InstrumentRecorder.Record(nameof(WebhookMetrics), MeasureWebhooks),
    ];

    private static void MeasureSmtp(IMeterFactory meters)
    {
        var metrics = new SmtpMetrics(meters);
        metrics.Observe(
            new WeightedSemaphore(1, 1, TimeProvider.System), new WeightedSemaphore(1, 1, TimeProvider.System),
            new ContentBudget(1, 1));
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
        Array.ForEach([null, SmtpMetrics.TimedOut, SmtpMetrics.Failed], errorType =>
            metrics.HandshakeEnded(TimeSpan.Zero, errorType));
    }

    private static void MeasureIntake(IMeterFactory meters)
    {
        var metrics = new IntakeMetrics(meters);
        foreach (var reply in (SmtpReply[])[
            SmtpReply.Ok, SmtpReply.SenderBanned, SmtpReply.QueueFull, SmtpReply.DatabaseFull,
            SmtpReply.StorageUnavailable])
        {
            metrics.Stop(metrics.Start(), reply);
        }
    }

    private static void MeasureAnnouncing(IMeterFactory meters)
    {
        var metrics = new AnnouncingMetrics(meters);
        foreach (var outcome in (string[])[
            AnnouncingMetrics.Published, AnnouncingMetrics.Dropped, AnnouncingMetrics.Failed])
        {
            metrics.Announced(1, outcome);
        }
    }

    private static void MeasureWeb(IMeterFactory meters)
    {
        var metrics = new WebMetrics(meters);
        metrics.WaitOpened();
        metrics.WaitClosed();
        metrics.Found(1);
        metrics.Shown(TimeSpan.Zero);
        foreach (var limit in (string[])[
            WebMetrics.Inboxes, WebMetrics.Requests, WebMetrics.Sessions, WebMetrics.Waits])
        {
            metrics.Refused(limit);
        }
    }

    private static void MeasureWebhooks(IMeterFactory meters)
    {
        var metrics = new WebhookMetrics(meters, new WebhookTargets(TimeProvider.System));
        metrics.Started();
        metrics.GivenUp(1);
        metrics.Seen(1, 1);
        metrics.Ended(
            new Attempt(default, AttemptOutcome.Delivered, Status: 200, TimeSpan.Zero, ""), TimeSpan.Zero);
        foreach (var error in (string[])[
            "connection", "connection_refused", "name_resolution", "private_network", "status", "timeout", "tls"])
        {
            metrics.Ended(
                new Attempt(default, AttemptOutcome.Failed, Status: null, TimeSpan.Zero, error), TimeSpan.Zero);
        }
    }

    private static void MeasureStorage(IMeterFactory meters)
    {
        var metrics = new StorageMetrics(meters) { Days = new EmailDays(8, 0, 7, HasTomorrow: true) };
        metrics.FormerPrimaryRefused(1);
    }

    private static void MeasureCommits(IMeterFactory meters)
    {
        var metrics = new CommitMetrics(meters);
        metrics.ObserveQueue(new QueueBudget(1, 1), 1);
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
        Array.ForEach(Enum.GetValues<PublishResult>(), result =>
            metrics.Published(new PublishOutcome(result, 1), new FilterRules()));
    }
}
