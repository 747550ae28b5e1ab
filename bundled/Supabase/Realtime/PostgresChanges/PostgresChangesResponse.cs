using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Supabase.Postgrest.Models;

namespace Supabase.Realtime.PostgresChanges;

/// <summary>A changed row.</summary>
public class PostgresChangesResponse
{
    private readonly JToken _data;

    internal PostgresChangesResponse(JToken data) => _data = data;

    /// <summary>The row as it is now; null for a deletion.</summary>
    public TModel? Model<TModel>()
        where TModel : BaseModel, new() => Read<TModel>("record");

    /// <summary>The row as it was, often only its primary key; null for an insertion.</summary>
    public TModel? OldModel<TModel>()
        where TModel : BaseModel, new() => Read<TModel>("old_record");

    private TModel? Read<TModel>(string name)
        where TModel : BaseModel, new() =>
        _data[name] is JObject record ? record.ToObject<TModel>(JsonSerializer.Create(ColumnNames.Settings)) : null;
}
