using Microsoft.Extensions.Options;

namespace Cybertemp.SmtpReceiver.Smtp.Limits;

[OptionsValidator]
internal sealed partial class InboxLimitOptionsValidator : IValidateOptions<InboxLimitOptions>;
