using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cybertemp.Web.Dialects.MailTm;

/// <summary>
/// Answers in the form that is asked for: <c>application/json</c> has bare arrays, everything else is JSON-LD with
/// hydra's collections.
/// </summary>
internal static class MailTmAnswer
{
    private const string Json = "application/json";

    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string ContentType(HttpRequest request) => WantsJson(request) ? Json : "application/ld+json";

    public static IResult One(HttpContext context, JsonObject value, int status = StatusCodes.Status200OK) =>
        TypedResults.Text(
            value.ToJsonString(Options), $"{ContentType(context.Request)}; charset=utf-8", statusCode: status);

    /// <summary>A page of a collection.</summary>
    /// <param name="context">Of the request.</param>
    /// <param name="path">Of the collection.</param>
    /// <param name="type">Of its members.</param>
    /// <param name="members">Of this page.</param>
    /// <param name="total">Up to here; one more where there is a next page.</param>
    /// <param name="next">The next page; null at the end.</param>
    public static IResult Many(
        HttpContext context, string path, string type, JsonArray members, int total, int? next = null)
    {
        if (WantsJson(context.Request))
        {
            return TypedResults.Text(members.ToJsonString(Options), $"{Json}; charset=utf-8");
        }

        var collection = new JsonObject
        {
            ["@context"] = $"/contexts/{type}",
            ["@id"] = path,
            ["@type"] = "hydra:Collection",
            ["hydra:member"] = members,
            ["hydra:totalItems"] = total,
        };
        if (next is { } page)
        {
            collection["hydra:view"] = new JsonObject
            {
                ["@type"] = "hydra:PartialCollectionView",
                ["hydra:next"] = string.Create(CultureInfo.InvariantCulture, $"{path}?page={page}"),
            };
        }

        return One(context, collection);
    }

    /// <summary>As the members of a stream's event.</summary>
    public static string Text(JsonObject value) => value.ToJsonString(Options);

    private static bool WantsJson(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains(Json, StringComparison.OrdinalIgnoreCase);
}
