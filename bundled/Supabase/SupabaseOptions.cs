namespace Supabase;

/// <summary>Where the parts of a Supabase project are, relative to its URL.</summary>
public class SupabaseOptions
{
    /// <summary>The PostgreSQL schema that tables are in.</summary>
    public string Schema = "public";

    /// <summary>Sent with every request.</summary>
    public Dictionary<string, string> Headers = new(StringComparer.Ordinal);

    public string RestUrlFormat { get; set; } = "{0}/rest/v1";

    public string RealtimeUrlFormat { get; set; } = "{0}/realtime/v1";
}
