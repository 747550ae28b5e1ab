using Cybertemp.Mail.Addresses;
using Cybertemp.SmtpReceiver.Smtp;
using Cybertemp.SmtpReceiver.Smtp.Content;
using Cybertemp.SmtpReceiver.Smtp.Envelope;

namespace Cybertemp.Benchmarks.Idle;

/// <summary>Takes everything for everybody and keeps nothing.</summary>
internal sealed class DiscardPorts : IMessageSink, ISenderPolicy, IRecipientPolicy
{
    public bool IsAvailable => true;

    public ValueTask<SmtpReply> AcceptAsync(ReceivedMessage message, CancellationToken ct) =>
        ValueTask.FromResult(SmtpReply.Accepted(message.Uid));

    public PolicyVerdict CheckSender(in Mailbox mailbox) => PolicyVerdict.Accepted;

    public PolicyVerdict CheckRecipient(in Mailbox mailbox) => PolicyVerdict.Accepted;
}
