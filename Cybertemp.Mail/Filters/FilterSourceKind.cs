namespace Cybertemp.Mail.Filters;

/// <summary>Where a list of rules comes from.</summary>
internal enum FilterSourceKind
{
    /// <summary>The tables in the service's own database.</summary>
    Postgres,

    /// <summary>The same tables in a Supabase project.</summary>
    Supabase,

    /// <summary>No list: every domain is accepted, or nobody is banned.</summary>
    Open,
}
