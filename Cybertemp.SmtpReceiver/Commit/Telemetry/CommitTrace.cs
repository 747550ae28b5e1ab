using System.Diagnostics;
using Cybertemp.SmtpReceiver.Storage;

namespace Cybertemp.SmtpReceiver.Commit.Telemetry;

/// <summary>One span for each attempt at a transaction that has a traced message in it. Thread-safe.</summary>
internal static class CommitTrace
{
    private static readonly ActivitySource Source = new("Cybertemp.SmtpReceiver");

    /// <summary>
    /// A child of the first message and linked to all of them: what head sampling keeps of messages, it keeps of their
    /// batches too. Null when nobody listens or none of the messages is sampled.
    /// </summary>
    public static Activity? StartCommit(MessageBatch batch)
    {
        if (!Source.HasListeners() || Traced(batch) is not [var first, ..] messages)
        {
            return null;
        }

        var span = Source.StartActivity(
            "commit batch", ActivityKind.Internal, first.Context,
            links: messages.Select(static m => new ActivityLink(m.Context)));
        span?.SetTag("cybertemp.storage.batch.size", batch.Messages.Count);
        span?.SetTag("cybertemp.storage.batch.in_doubt", batch.InDoubt);
        return span;
    }

    /// <summary>Before the messages are told the outcome.</summary>
    public static void StopCommit(Activity? span, MessageBatch batch, StorageFailure? failure)
    {
        if (span is null)
        {
            return;
        }

        // The first attempt and the one that succeeded: an outage of hours must not make lists of links.
        if (failure is null || !batch.InDoubt)
        {
            foreach (var message in Traced(batch))
            {
                message.AddLink(new ActivityLink(span.Context));
            }
        }

        if (failure is not null)
        {
            span.SetTag("error.type", failure.SqlState);
            span.SetStatus(ActivityStatusCode.Error);
        }

        span.Dispose();
    }

    private static List<Activity> Traced(MessageBatch batch) =>
        [.. batch.Messages.Select(static m => m.Span).OfType<Activity>().Where(static s => s.IsAllDataRequested)];
}
