using Microsoft.Extensions.Options;

namespace Cybertemp.SmtpReceiver.Storage;

[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;
