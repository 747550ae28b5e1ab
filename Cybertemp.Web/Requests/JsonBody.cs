using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Cybertemp.Web.Requests;

/// <summary>Reads the JSON object that a request carries.</summary>
internal static class JsonBody
{
    /// <summary>Of any request of the API, in octets.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>Either the value or the problem.</summary>
    public static async Task<(T? Value, Problem? Problem)> ReadAsync<T>(
        HttpRequest request, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class
    {
        if (!request.HasJsonContentType())
        {
            return (null, Problem.OfStatus(StatusCodes.Status415UnsupportedMediaType));
        }

        try
        {
            return await request.ReadFromJsonAsync(type, ct) is { } value
                ? (value, null)
                : (null, Problem.MalformedBody);
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException)
        {
            // The latter for a charset that is none.
            return (null, Problem.MalformedBody);
        }
    }
}
