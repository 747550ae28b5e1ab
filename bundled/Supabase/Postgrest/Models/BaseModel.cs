namespace Supabase.Postgrest.Models;

/// <summary>A row.</summary>
public abstract class BaseModel;
