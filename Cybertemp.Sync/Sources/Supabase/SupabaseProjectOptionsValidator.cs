using Microsoft.Extensions.Options;

namespace Cybertemp.Sync.Sources.Supabase;

[OptionsValidator]
internal sealed partial class SupabaseProjectOptionsValidator : IValidateOptions<SupabaseProjectOptions>;
