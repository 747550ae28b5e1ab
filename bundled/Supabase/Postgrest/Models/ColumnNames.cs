using System.Reflection;
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;
using Supabase.Postgrest.Attributes;

namespace Supabase.Postgrest.Models;

/// <summary>JSON properties are named as the attributes name the columns.</summary>
internal sealed class ColumnNames : DefaultContractResolver
{
    public static readonly JsonSerializerSettings Settings = new() { ContractResolver = new ColumnNames() };

    protected override JsonProperty CreateProperty(MemberInfo member, MemberSerialization memberSerialization)
    {
        var property = base.CreateProperty(member, memberSerialization);
        property.PropertyName = member.GetCustomAttribute<PrimaryKeyAttribute>()?.ColumnName
            ?? member.GetCustomAttribute<ColumnAttribute>()?.ColumnName
            ?? property.PropertyName;
        return property;
    }
}
