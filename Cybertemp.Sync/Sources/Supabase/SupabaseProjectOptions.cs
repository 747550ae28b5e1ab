using System.ComponentModel.DataAnnotations;

namespace Cybertemp.Sync.Sources.Supabase;

/// <summary>The Supabase project that lists come from; needed only when a list's source is Supabase.</summary>
internal sealed class SupabaseProjectOptions
{
    public const string Section = "Supabase";

    /// <summary>The project's URL, <c>https://&lt;project&gt;.supabase.co</c>. No default.</summary>
    [Url]
    public string? Url { get; set; }

    /// <summary>
    /// The service role's key, a secret: row level security hides the tables from any other. No default.
    /// </summary>
    public string? ServiceRoleKey { get; set; }

    /// <summary>Rows that are asked for at once. Default 1000, what PostgREST at Supabase answers at most.</summary>
    [Range(1, 100_000)]
    public int PageSize { get; set; } = 1000;
}
