using Microsoft.Extensions.Options;

namespace Cybertemp.SmtpReceiver.Smtp.Tls;

[OptionsValidator]
internal sealed partial class TlsOptionsValidator : IValidateOptions<TlsOptions>;
