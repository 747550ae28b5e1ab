using Cybertemp.Mail.Addresses;

namespace Cybertemp.SmtpReceiver.Smtp.Envelope;

/// <summary>Asked at MAIL with the reverse-path and after DATA with the header From: must not block.</summary>
internal interface ISenderPolicy
{
    /// <summary>Is <paramref name="mailbox"/> banned? The null reverse-path is never asked about.</summary>
    PolicyVerdict CheckSender(in Mailbox mailbox);
}
