using Supabase.Postgrest.Attributes;

namespace Cybertemp.Sync.Sources.Supabase;

[Table("blocked_addresses")]
internal sealed class BlockedRecord : FilterRecord
{
    [Column("address")]
    public string? Address { get; set; }
}
