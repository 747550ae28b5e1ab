using Microsoft.Extensions.Options;

namespace Cybertemp.SmtpReceiver.Filtering;

[OptionsValidator]
internal sealed partial class FilteringOptionsValidator : IValidateOptions<FilteringOptions>;
