using Supabase.Postgrest.Attributes;
using Supabase.Postgrest.Models;

namespace Cybertemp.Sync.Sources.Supabase;

/// <summary>What rows of both tables have.</summary>
internal abstract class FilterRecord : BaseModel
{
    /// <summary>A number or a UUID; as text it can be compared to by the server either way.</summary>
    [PrimaryKey("id")]
    public string Id { get; set; } = "";
}
