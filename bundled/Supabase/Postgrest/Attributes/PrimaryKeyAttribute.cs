using System.Runtime.CompilerServices;

namespace Supabase.Postgrest.Attributes;

/// <summary>The column of the primary key.</summary>
[AttributeUsage(AttributeTargets.Property)]
public class PrimaryKeyAttribute([CallerMemberName] string? columnName = null, bool shouldInsert = false) : Attribute
{
    public string ColumnName { get; } = columnName!;

    public bool ShouldInsert { get; } = shouldInsert;
}
