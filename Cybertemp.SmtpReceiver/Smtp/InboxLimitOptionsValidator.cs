using Microsoft.Extensions.Options;

namespace Cybertemp.SmtpReceiver.Smtp;

[OptionsValidator]
internal sealed partial class InboxLimitOptionsValidator : IValidateOptions<InboxLimitOptions>;
