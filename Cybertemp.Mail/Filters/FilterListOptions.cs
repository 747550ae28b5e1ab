using System.ComponentModel.DataAnnotations;

namespace Cybertemp.Mail.Filters;

/// <summary>Where one list of rules comes from; the same keys in Sync and in the receiver.</summary>
internal sealed class FilterListOptions
{
    /// <summary><c>Postgres</c>, <c>Supabase</c> or <c>Open</c>. Default Postgres: the own database.</summary>
    [EnumDataType(typeof(FilterSourceKind))]
    public FilterSourceKind Source { get; set; } = FilterSourceKind.Postgres;

    /// <summary>Blocked addresses and prefixes are beside the domains, or the bans where any domain will do.</summary>
    public static FilterSourceKind OfRecipients(FilterSourceKind domains, FilterSourceKind bans) =>
        domains is FilterSourceKind.Open ? bans : domains;
}
