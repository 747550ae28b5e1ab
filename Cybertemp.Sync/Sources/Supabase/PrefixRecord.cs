using Supabase.Postgrest.Attributes;

namespace Cybertemp.Sync.Sources.Supabase;

[Table("domain_prefixes")]
internal sealed class PrefixRecord : FilterRecord
{
    [Column("domain")]
    public string? Domain { get; set; }

    [Column("prefix")]
    public string? Prefix { get; set; }
}
