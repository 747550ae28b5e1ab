using System.Runtime.CompilerServices;
using Newtonsoft.Json;

namespace Supabase.Postgrest.Attributes;

/// <summary>A column.</summary>
[AttributeUsage(AttributeTargets.Property)]
public class ColumnAttribute(
    [CallerMemberName] string? columnName = null,
    NullValueHandling nullValueHandling = NullValueHandling.Include,
    bool ignoreOnInsert = false,
    bool ignoreOnUpdate = false) : Attribute
{
    public string ColumnName { get; } = columnName!;

    public NullValueHandling NullValueHandling { get; set; } = nullValueHandling;

    public bool IgnoreOnInsert { get; } = ignoreOnInsert;

    public bool IgnoreOnUpdate { get; } = ignoreOnUpdate;
}
