using Cybertemp.Mail.Addresses;

namespace Cybertemp.Mail.Webhooks;

/// <summary>
/// Of which mail a webhook is told: of an address, a domain, all below one, or everything. In normal form.
/// </summary>
internal readonly record struct WebhookScope(string Text)
{
    private const string Everything = "*";

    /// <summary>
    /// Reads any spelling: <c>box@example.com</c>, <c>example.com</c>, <c>*.example.com</c> or <c>*</c>.
    /// </summary>
    public static bool TryParse(string given, out WebhookScope scope)
    {
        scope = new WebhookScope(Everything);
        if (given == Everything)
        {
            return true;
        }

        if (DomainPattern.TryParse(given, out var pattern))
        {
            scope = new WebhookScope($"{pattern}");
            return true;
        }

        if (MailPath.TryParse($"<{given}>", out var path) && path.Rest.IsEmpty
            && path.CheckRecipient(allowsUtf8: true, out var mailbox) is RecipientSpelling.Valid)
        {
            scope = new WebhookScope($"{mailbox}");
            return true;
        }

        return false;
    }

    public override string ToString() => Text;
}
