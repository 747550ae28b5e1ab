using Microsoft.Extensions.Options;

namespace Cybertemp.Sync.Sources;

[OptionsValidator]
internal sealed partial class SupabaseProjectOptionsValidator : IValidateOptions<SupabaseProjectOptions>;
