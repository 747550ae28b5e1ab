using System.ComponentModel.DataAnnotations;

namespace Cybertemp.Sync.Mirror;

/// <summary>Where one list of rules comes from; the same keys in Sync and in the receiver.</summary>
internal sealed class FilterListOptions
{
    /// <summary><c>Postgres</c>, <c>Supabase</c> or <c>Open</c>. Default Postgres: the own database.</summary>
    [EnumDataType(typeof(FilterSourceKind))]
    public FilterSourceKind Source { get; set; } = FilterSourceKind.Postgres;
}
