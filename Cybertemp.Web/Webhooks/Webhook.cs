using Cybertemp.Mail.Webhooks;

namespace Cybertemp.Web.Webhooks;

/// <summary>Whom to tell. The address may have a secret in it, so that it is not printed.</summary>
internal sealed class Webhook(Guid id, Uri url, WebhookSecret secret)
{
    public Guid Id => id;

    public Uri Url => url;

    public WebhookSecret Secret => secret;

    public override string ToString() => $"{id}";
}
