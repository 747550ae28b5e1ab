using Cybertemp.SmtpReceiver.Smtp.Content;
using Cybertemp.SmtpReceiver.Smtp.Envelope;

namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>What the SMTP server asks of the rest of the receiver.</summary>
internal sealed record SmtpBackend(IMessageSink Sink, ISenderPolicy Senders, IRecipientPolicy Recipients);
