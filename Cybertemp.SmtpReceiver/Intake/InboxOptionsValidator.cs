using Microsoft.Extensions.Options;

namespace Cybertemp.SmtpReceiver.Intake;

[OptionsValidator]
internal sealed partial class InboxOptionsValidator : IValidateOptions<InboxOptions>;
