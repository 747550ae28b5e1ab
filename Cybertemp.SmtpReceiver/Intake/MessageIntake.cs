using Cybertemp.SmtpReceiver.Mime;
using Cybertemp.SmtpReceiver.Smtp;
using Cybertemp.SmtpReceiver.Storage;

namespace Cybertemp.SmtpReceiver.Intake;

/// <summary>
/// What happens to a message between its final dot and the reply: parse, check the header From, store, answer. The only
/// file that joins the folders. Thread-safe.
/// </summary>
internal sealed class MessageIntake(
    MessageReader reader, ISenderPolicy senders, BatchWriter writer, ReservedLocalParts reserved, IntakeMetrics metrics) : IMessageSink
{
    public bool IsAvailable => writer.IsAvailable;

    public async ValueTask<SmtpReply> AcceptAsync(ReceivedMessage message, CancellationToken ct)
    {
        var started = metrics.Start();
        var parsed = Parse(message);
        var reply = IsBanned(parsed.From)
            ? SmtpReply.SenderBanned
            : ReplyTo(await CommitAsync(Stored(message, parsed), ct), message.Uid);
        metrics.Stop(started, reply);
        return reply;
    }

    private ParsedMessage Parse(ReceivedMessage message)
    {
        using var span = IntakeTrace.StartParse();
        return reader.Read(message.Content);
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

    private bool IsBanned(IReadOnlyList<string> from)
    {
        foreach (var address in from)
        {
            // An address outside the grammar cannot be on the list of bans.
            if (MailPath.TryParse($"<{address}>", out var path) && path.Rest.IsEmpty && path.TryNormalize(out var mailbox)
                && senders.CheckSender(mailbox) is PolicyVerdict.Refused)
            {
                return true;
            }
        }

        return false;
    }

    private StoredMessage Stored(ReceivedMessage message, ParsedMessage parsed) => new()
    {
        Uid = message.Uid,
        Recipients = [.. message.Recipients.Select(r => new StoredRecipient(r.ToString(), reserved.Contains(r)))],
        MailFrom = message.MailFrom,
        FromName = parsed.FromName,
        FromAddress = parsed.FromAddress,
        Subject = parsed.Subject,
        Text = parsed.Text,
        Html = parsed.Html,
        MessageId = parsed.MessageId,
        Date = parsed.Date,
        Raw = message.Content,
        Attachments = parsed.Attachments,
        Headers = parsed.Headers,
        ParseNote = parsed.ParseNote,
        ClientAddress = message.ClientAddress,
        Helo = message.Helo,
        Tls = message.Tls,
    };
}
