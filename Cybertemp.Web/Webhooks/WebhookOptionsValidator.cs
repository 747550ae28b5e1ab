using Microsoft.Extensions.Options;

namespace Cybertemp.Web.Webhooks;

[OptionsValidator]
internal sealed partial class WebhookOptionsValidator : IValidateOptions<WebhookOptions>;
