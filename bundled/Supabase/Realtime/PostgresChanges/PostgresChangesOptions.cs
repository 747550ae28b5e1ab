namespace Supabase.Realtime.PostgresChanges;

/// <summary>Which changes to listen to.</summary>
public static class PostgresChangesOptions
{
    public enum ListenType
    {
        All,
        Inserts,
        Updates,
        Deletes,
    }
}
