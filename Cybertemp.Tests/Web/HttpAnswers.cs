using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Cybertemp.Tests.Web;

/// <summary>Requests of the API as tests word them.</summary>
internal static class HttpAnswers
{
    /// <summary>The JSON of a 200.</summary>
    public static async Task<JsonNode> GetJsonAsync(this HttpClient client, string path)
    {
        using var response = await client.GetAsync(Relative(path));
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode is HttpStatusCode.OK, $"{path}: {(int)response.StatusCode} {body}");
        return JsonNode.Parse(body)!;
    }

    public static Task<HttpResponseMessage> GetAsync(this HttpClient client, string path) =>
        client.GetAsync(Relative(path));

    public static async Task<HttpResponseMessage> SendAsync(
        this HttpClient client, HttpMethod method, string path, string? json = null, string? bearer = null)
    {
        using var request = new HttpRequestMessage(method, Relative(path));
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        request.Headers.Authorization = bearer is null ? null : new AuthenticationHeaderValue("Bearer", bearer);
        return await client.SendAsync(request);
    }

    /// <summary>Asserts that it is a problem as RFC 9457 has it.</summary>
    /// <returns>The end of its type.</returns>
    public static async Task<string> ProblemAsync(this HttpResponseMessage response, HttpStatusCode status)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(status == response.StatusCode, $"{(int)response.StatusCode} {body}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(body)!;
        Assert.Equal((int)status, problem["status"]!.GetValue<int>());
        Assert.NotEmpty(problem["title"]!.GetValue<string>());
        Assert.NotEmpty(problem["detail"]!.GetValue<string>());
        return problem["type"]!.GetValue<string>().Split(':')[^1];
    }

    /// <summary>Status, header fields and body, without the date.</summary>
    public static async Task<string> WholeAsync(this HttpClient client, HttpMethod method, string path, string? body)
    {
        using var response = await client.SendAsync(method, path, body);
        var fields = response.Headers.Concat(response.Content.Headers).Where(static h => h.Key != "Date")
            .Select(static h => $"{h.Key}: {string.Join(',', h.Value)}");
        return $"{(int)response.StatusCode}\n{string.Join('\n', fields)}\n{await response.Content.ReadAsStringAsync()}";
    }

    public static string[] Subjects(this JsonNode page) =>
        [.. page["messages"]!.AsArray().Select(static m => m!["subject"]!.GetValue<string>())];

    public static string[] Ids(this JsonNode page) =>
        [.. page["messages"]!.AsArray().Select(static m => m!["id"]!.GetValue<string>())];

    private static Uri Relative(string path) => new(path, UriKind.Relative);
}
