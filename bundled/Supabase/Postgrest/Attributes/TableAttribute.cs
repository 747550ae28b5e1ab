namespace Supabase.Postgrest.Attributes;

/// <summary>The table that a model is a row of.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class TableAttribute(string tableName) : Attribute
{
    public string Name { get; set; } = tableName;
}
