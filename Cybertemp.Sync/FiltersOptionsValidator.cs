using Microsoft.Extensions.Options;

namespace Cybertemp.Sync;

[OptionsValidator]
internal sealed partial class FiltersOptionsValidator : IValidateOptions<FiltersOptions>;
