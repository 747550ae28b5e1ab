using Cybertemp.Mail.Inboxes;
using Cybertemp.Mail.Mime;
using Cybertemp.SmtpReceiver.Commit;
using Cybertemp.SmtpReceiver.Smtp;
using Cybertemp.SmtpReceiver.Smtp.Content;

namespace Cybertemp.SmtpReceiver.Intake;

/// <summary>
/// What happens to a message between its final dot and the reply: parse, check the header From, store, answer. The only
/// file that joins the folders. Thread-safe.
/// </summary>
internal sealed class MessageIntake(
    ParseGate gate, HeaderSenderPolicy senders, BatchWriter writer, ReservedLocalParts reserved, IntakeMetrics metrics)
    : IMessageSink
{
    public bool IsAvailable => writer.IsAvailable;

    public async ValueTask<SmtpReply> AcceptAsync(ReceivedMessage message, CancellationToken ct)
    {
        var started = metrics.Start();
        var reply = await ParseAsync(message, ct) is { } parsed
            ? await StoreAsync(message, parsed, ct)
            : SmtpReply.QueueFull;
        metrics.Stop(started, reply);
        return reply;
    }

    private async ValueTask<SmtpReply> StoreAsync(
        ReceivedMessage message, ParsedMessage parsed, CancellationToken ct) =>
        senders.IsBanned(parsed.From)
            ? SmtpReply.SenderBanned
            : ReplyTo(await CommitAsync(Stored(message, parsed), ct), message.Uid);

    private async ValueTask<ParsedMessage?> ParseAsync(ReceivedMessage message, CancellationToken ct)
    {
        using var span = IntakeTrace.StartParse();
        return await gate.ReadAsync(message.Content, ct);
    }

    private async Task<WriteOutcome> CommitAsync(StoredMessage message, CancellationToken ct)
    {
        using var span = IntakeTrace.StartCommit();
        return await writer.WriteAsync(message, ct);
    }

    private static SmtpReply ReplyTo(WriteOutcome outcome, Guid messageUid) => outcome switch
    {
        WriteOutcome.Committed => SmtpReply.Accepted(messageUid),
        WriteOutcome.QueueFull => SmtpReply.QueueFull,
        WriteOutcome.DatabaseFull => SmtpReply.DatabaseFull,
        WriteOutcome.Unavailable => SmtpReply.StorageUnavailable,
    };

    private StoredMessage Stored(ReceivedMessage message, ParsedMessage content) => new(
        message.Uid,
        message.Envelope,
        [.. message.Envelope.Recipients.Select(r => new StoredRecipient(r.ToString(), reserved.Contains(r)))],
        content,
        message.Content);
}
