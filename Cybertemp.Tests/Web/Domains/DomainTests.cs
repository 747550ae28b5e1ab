using System.Net;
using System.Text.Json.Nodes;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Web.Domains;

public sealed class DomainTests(WebFixture web) : IClassFixture<WebFixture>
{
    private readonly HttpClient _http = web.Web.Client;

    [Fact]
    public async Task Are_those_of_the_table_and_new_addresses_are_at_them()
    {
        await web.Mail.ScalarAsync(
            "insert into domains (domain) values ('Bücher.example'), ('*.temp.example'), ('no domain')");

        // What was read before the insert is shown for some seconds.
        await Eventually.TrueAsync(async () => (await _http.GetJsonAsync("/v1/domains")).AsArray().Count == 2);
        Assert.Equal(
            """[{"domain":"temp.example","wildcard":true},{"domain":"xn--bcher-kva.example","wildcard":false}]""",
            (await _http.GetJsonAsync("/v1/domains")).ToJsonString());

        Assert.Matches("^[a-z2-9]{12}@xn--bcher-kva.example$", await NewAsync(body: null));
        Assert.Matches("^[a-z2-9]{12}@xn--bcher-kva.example$", await NewAsync("{}"));
        Assert.Matches("^[a-z2-9]{12}@a.b.temp.example$", await NewAsync("""{"domain":"A.B.temp.example."}"""));
        Assert.NotEqual(await NewAsync(body: null), await NewAsync(body: null), StringComparer.Ordinal);
        foreach (var refused in (string[])["temp.example", "other.example", "", "a b", "[127.0.0.1]"])
        {
            using var response = await _http.SendAsync(
                HttpMethod.Post, "/v1/inboxes", $$"""{"domain":"{{refused}}"}""");
            Assert.Equal("domain-not-accepted", await response.ProblemAsync(HttpStatusCode.UnprocessableEntity));
        }
    }

    [Fact]
    public async Task Are_those_that_the_operator_offers_where_all_are_accepted()
    {
        await using var open = await WebHost.StartAsync(
            web.Mail.ConnectionString, "Filters:Domains:Source=Open", "Web:Domains=one.example, *.two.example");
        Assert.Equal(
            """[{"domain":"one.example","wildcard":false},{"domain":"two.example","wildcard":true}]""",
            (await open.Client.GetJsonAsync("/v1/domains")).ToJsonString());
        using var response = await open.Client.SendAsync(
            HttpMethod.Post, "/v1/inboxes", """{"domain":"any.example"}""");
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    private async Task<string> NewAsync(string? body)
    {
        using var response = await _http.SendAsync(HttpMethod.Post, "/v1/inboxes", body);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!["address"]!.GetValue<string>();
    }
}
