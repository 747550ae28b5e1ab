using Microsoft.Extensions.Options;

namespace Cybertemp.SmtpReceiver.Heartbeat;

[OptionsValidator]
internal sealed partial class HeartbeatOptionsValidator : IValidateOptions<HeartbeatOptions>;
