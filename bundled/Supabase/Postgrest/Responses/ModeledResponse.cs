using System.Globalization;
using Newtonsoft.Json;
using Supabase.Postgrest.Models;

namespace Supabase.Postgrest.Responses;

/// <summary>Rows.</summary>
public class ModeledResponse<T> : BaseResponse
    where T : BaseModel, new()
{
    /// <summary>Rows that the query matches in all, as far as the server says; -1 when it does not.</summary>
    public readonly int Count;

    internal ModeledResponse(HttpResponseMessage responseMessage, string content)
        : base(responseMessage, content)
    {
        Models = JsonConvert.DeserializeObject<List<T>>(content, ColumnNames.Settings) ?? [];
        Count = TotalOf(responseMessage);
    }

    public T? Model => Models.Count > 0 ? Models[0] : default;

    public List<T> Models { get; }

    /// <summary>PostgREST writes the header without a unit, which is not what HTTP's grammar has.</summary>
    private static int TotalOf(HttpResponseMessage response) =>
        response.Content.Headers.NonValidated.TryGetValues("Content-Range", out var values)
        && int.TryParse(
            values.ToString().Split('/')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var total)
            ? total
            : -1;
}
