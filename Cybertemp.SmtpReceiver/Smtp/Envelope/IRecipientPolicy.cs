using Cybertemp.Mail.Addresses;

namespace Cybertemp.SmtpReceiver.Smtp.Envelope;

/// <summary>Asked at RCPT, on the session's own thread: must not block.</summary>
internal interface IRecipientPolicy
{
    /// <summary>Is mail for <paramref name="mailbox"/> received here?</summary>
    PolicyVerdict CheckRecipient(in Mailbox mailbox);
}
