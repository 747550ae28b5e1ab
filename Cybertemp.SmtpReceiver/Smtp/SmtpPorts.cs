namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>What the SMTP server asks of the rest of the receiver.</summary>
internal sealed record SmtpPorts(IMessageSink Sink, ISenderPolicy Senders, IRecipientPolicy Recipients);
