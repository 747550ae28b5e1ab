using System.Diagnostics;

namespace Cybertemp.SmtpReceiver.Storage;

/// <summary>One span for each attempt at a transaction, linked to the messages in it. Thread-safe.</summary>
internal static class StorageTracing
{
    private static readonly ActivitySource Source = new("Cybertemp.SmtpReceiver");

    /// <summary>Null when nobody listens.</summary>
    public static Activity? StartCommit(MessageBatch batch)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var links = batch.Messages.Where(m => m.Trace != default).Select(m => new ActivityLink(m.Trace));
        var span = Source.StartActivity("commit batch", ActivityKind.Internal, parentContext: default, links: links);
        span?.SetTag("cybertemp.storage.batch.size", batch.Messages.Count);
        span?.SetTag("cybertemp.storage.batch.in_doubt", batch.InDoubt);
        return span;
    }

    public static void StopCommit(Activity? span, StorageFailure? failure)
    {
        if (failure is not null)
        {
            span?.SetTag("error.type", failure.SqlState);
            span?.SetStatus(ActivityStatusCode.Error);
        }

        span?.Dispose();
    }
}
