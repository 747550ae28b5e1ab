using System.Diagnostics;
using System.Net;
using Cybertemp.SmtpReceiver.Commit;
using Cybertemp.SmtpReceiver.Commit.Pending;
using Cybertemp.SmtpReceiver.Commit.Telemetry;
using Cybertemp.SmtpReceiver.Intake;
using Cybertemp.SmtpReceiver.Smtp;
using Cybertemp.SmtpReceiver.Smtp.Listening;
using Cybertemp.SmtpReceiver.Smtp.Session;
using Cybertemp.SmtpReceiver.Storage;
using Cybertemp.Tests.Commit;

namespace Cybertemp.Tests.Documentation;

/// <summary>Every span of the product, made by the classes that trace, with every tag that they set.</summary>
internal static class Spans
{
    private static readonly AsyncLocal<bool> IsOurs = new();

    public static IReadOnlyList<PublishedSpan> All { get; } = Read();

    private static IReadOnlyList<PublishedSpan> Read()
    {
        var stopped = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == SessionTrace.SourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) =>
                ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                // Other tests trace too, and at the same time.
                if (IsOurs.Value)
                {
                    stopped.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        IsOurs.Value = true;
        TraceSession();
        IsOurs.Value = false;
        return [.. stopped.OrderBy(static a => a.StartTimeUtc)
            .GroupBy(static a => a.OperationName, StringComparer.Ordinal).Select(g => Describe(g, stopped))];
    }

    private static void TraceSession()
    {
        using var trace = new SessionTrace(new SmtpPeer(IPAddress.Loopback, "7Q2M9XAK", IsExempt: false));
        trace.Secured("TLS 1.3");
        trace.Refused(SmtpVerb.Vrfy, SmtpReply.NotImplemented, 1);
        trace.ReplySent();
        trace.MessageBegan();
        trace.Refused(SmtpVerb.Rcpt, SmtpReply.UnknownDomain, 2);
        trace.ContentBegan();
        trace.MessageHandedOver(new(Guid.NewGuid(), new("", [], IPAddress.Loopback, "", Tls: null), Content: default));
        IntakeTrace.StartParse()?.Dispose();
        using (IntakeTrace.StartCommit())
        {
            var batch = new MessageBatch([new PendingMessage(Messages.To("a@t"), DateTimeOffset.UnixEpoch, 0)], 1);
            CommitTrace.StopCommit(
                CommitTrace.StartCommit(batch), batch, new StorageFailure(StorageFailureKind.Outage, "57P01", ""));
        }

        trace.MessageEnded(SmtpReply.StorageUnavailable);
        trace.ReplySent();
    }

    private static PublishedSpan Describe(IEnumerable<Activity> alike, List<Activity> all)
    {
        var span = new PublishedSpan(alike.First().OperationName, alike.First().Kind);
        foreach (var activity in alike)
        {
            span.Parents.UnionWith(
                all.Where(a => a.SpanId == activity.ParentSpanId).Select(static a => a.OperationName));
            span.Links.UnionWith(activity.Links.SelectMany(l => all.Where(a => a.SpanId == l.Context.SpanId)).Select(
                static a => a.OperationName));
            span.Tags.UnionWith(activity.TagObjects.Select(static t => t.Key));
            span.Events.UnionWith(activity.Events.Select(
                static e => $"`{e.Name}` with {string.Join(", ", e.Tags.Select(static t => $"`{t.Key}`"))}"));
        }

        return span;
    }
}
