using Supabase.Postgrest.Attributes;

namespace Cybertemp.Sync.Sources.Supabase;

[Table("bans")]
internal sealed class BanRecord : FilterRecord
{
    [Column("scope")]
    public string? Scope { get; set; }

    [Column("value")]
    public string? Value { get; set; }

    [Column("match_type")]
    public string? MatchType { get; set; }
}
