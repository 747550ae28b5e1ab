using Supabase.Postgrest.Attributes;

namespace Cybertemp.Sync.Sources.Supabase;

[Table("domains")]
internal sealed class DomainRecord : FilterRecord
{
    [Column("domain")]
    public string? Domain { get; set; }
}
