namespace Supabase.Realtime.PostgresChanges;

/// <summary>Which rows to listen to.</summary>
public class PostgresChangesFilter
{
    public string? Schema { get; set; }

    public string? Table { get; set; }

    public string? Filter { get; set; }
}
