namespace Cybertemp.SmtpReceiver.Smtp.Content;

/// <summary>Takes whole messages. Shared by all sessions; thread-safe.</summary>
internal interface IMessageSink
{
    /// <summary>
    /// False while the store is known to be away: MAIL is then answered 451 before a byte of content is read.
    /// </summary>
    bool IsAvailable { get; }

    /// <summary>
    /// Completes with the reply to the final dot: positive only after the message is durable. Never throws for a
    /// message or a storage failure; those are replies.
    /// </summary>
    ValueTask<SmtpReply> AcceptAsync(ReceivedMessage message, CancellationToken ct);
}
