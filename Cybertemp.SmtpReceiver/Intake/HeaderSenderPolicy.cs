using Cybertemp.Mail.Addresses;
using Cybertemp.SmtpReceiver.Smtp.Envelope;

namespace Cybertemp.SmtpReceiver.Intake;

/// <summary>Whether the header From is banned: one address that may be meant is enough. Thread-safe.</summary>
internal sealed class HeaderSenderPolicy(ISenderPolicy senders)
{
    public bool IsBanned(IReadOnlyList<string> addresses)
    {
        foreach (var address in addresses)
        {
            if (TryNormalize(address, out var mailbox) && senders.CheckSender(mailbox) is PolicyVerdict.Refused)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A local part outside the grammar counts as a quoted one: its domain can be banned.</summary>
    private static bool TryNormalize(string address, out Mailbox mailbox)
    {
        mailbox = default;
        var at = address.LastIndexOf('@');
        return TryParse($"<{address}>", out mailbox)
            || (at > 0 && TryParse($"<\"{Escape(address[..at])}\"@{address[(at + 1)..]}>", out mailbox));
    }

    private static bool TryParse(string text, out Mailbox mailbox)
    {
        mailbox = default;
        return MailPath.TryParse(text, out var path) && path.Rest.IsEmpty && path.TryNormalize(out mailbox);
    }

    private static string Escape(string localPart) =>
        localPart.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
