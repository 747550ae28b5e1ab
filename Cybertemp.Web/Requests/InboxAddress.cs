using Cybertemp.Mail.Addresses;

namespace Cybertemp.Web.Requests;

/// <summary>An inbox as a request names it. Every spelling of an address gives the one normal form.</summary>
internal static class InboxAddress
{
    /// <summary>RFC 5321 §4.5.3.1.3, with room for another spelling.</summary>
    private const int MaxLength = 1000;

    /// <summary>As <see cref="TryParse"/>.</summary>
    /// <param name="given">A segment of the path, where the server leaves <c>%2F</c> as it is.</param>
    public static bool TryParseSegment(string given, out string address) =>
        TryParse(given.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase), out address);

    public static bool TryParse(string? given, out string address)
    {
        var isAddress = TryParseMailbox(given, out var mailbox);
        address = isAddress ? mailbox.ToString() : "";
        return isAddress;
    }

    public static bool TryParseMailbox(string? given, out Mailbox mailbox)
    {
        mailbox = default;
        return given is { Length: > 0 and <= MaxLength } && !given.Any(char.IsControl)
            && MailPath.TryParse($"<{given}>", out var path)
            && path.Rest.IsEmpty
            && path.CheckRecipient(allowsUtf8: true, out mailbox) is RecipientSpelling.Valid;
    }
}
