using Microsoft.Extensions.Options;

namespace Cybertemp.SmtpReceiver.Announcing;

[OptionsValidator]
internal sealed partial class RefusalOptionsValidator : IValidateOptions<RefusalOptions>;
