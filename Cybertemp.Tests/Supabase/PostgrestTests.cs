using System.Text.Json.Nodes;
using Cybertemp.Tests.Support;
using Microsoft.AspNetCore.Http;
using Newtonsoft.Json;
using Supabase.Postgrest.Exceptions;
using Supabase.Postgrest.Models;
using Client = Supabase.Client;
using NullPosition = Supabase.Postgrest.Constants.NullPosition;
using Operator = Supabase.Postgrest.Constants.Operator;
using Ordering = Supabase.Postgrest.Constants.Ordering;

namespace Cybertemp.Tests.Supabase;

/// <summary>What the published package was seen to send and to make of the answers.</summary>
public sealed class PostgrestTests : IAsyncLifetime
{
    private SupabaseServer _server = null!;
    private Client _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await SupabaseServer.StartAsync();
        _client = new Client(_server.Url, SupabaseServer.Key);
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_query_is_written_as_the_published_package_writes_it()
    {
        _server.Fault = static http => http.Response.WriteAsync("[]");
        await _client.From<Row>().Select("id, domain").Filter("id", Operator.GreaterThan, 1000)
            .Filter("domain", Operator.ILike, "%ex ample&a=b%")
            .Order("id", Ordering.Descending, NullPosition.Last).Limit(10).Get();
        await _client.From<Row>().Filter("a", Operator.Equals, "true").Filter("b", Operator.Equals, (string?)null)
            .Filter("c", Operator.NotEqual, "x").Get();
        await _client.From<Row>().Order("id", Ordering.Ascending).Get();

        Assert.Equal(
            [
                "GET /rest/v1/domains?id=gt.1000&domain=ilike.*ex+ample%26a%3db*&order=id.desc.nullslast"
                    + "&select=id%2cdomain&limit=10",
                "GET /rest/v1/domains?a=eq.true&b=is.null&c=neq.x",
                "GET /rest/v1/domains?order=id.asc.nullsfirst",
            ],
            _server.Requests,
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task Each_request_carries_the_key_the_schema_and_the_count_preference()
    {
        await _client.From<Row>().Get();
        var headers = Assert.Single(_server.RequestHeaders);
        Assert.Equal(SupabaseServer.Key, headers["apiKey"]);
        Assert.Equal($"Bearer {SupabaseServer.Key}", headers["Authorization"]);
        Assert.Equal("public", headers["Accept-Profile"]);
        Assert.Equal("count=estimated", headers["Prefer"]);
        Assert.StartsWith("postgrest-csharp/", headers["X-Client-Info"], StringComparison.Ordinal);
        Assert.DoesNotContain("User-Agent", headers.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_servers_limit_of_rows_cuts_silently()
    {
        for (var i = 0; i < 25; i++)
        {
            await _server.InsertAsync(
                "domains", new JsonObject { ["domain"] = $"d{i}.example", ["unknown"] = "column" });
        }

        _server.MaxRows = 10;
        var response = await _client.From<Row>().Get();
        Assert.Equal(10, response.Models.Count);
        Assert.Equal(25, response.Count);
        Assert.Equal(206, (int)response.ResponseMessage!.StatusCode);
        Assert.Equal("d0.example", response.Model!.Domain);
        Assert.Equal(DateTimeKind.Local, response.Model.CreatedAt.Kind);
    }

    [Theory]
    [InlineData(401, "{}", FailureHint.Reason.NotAuthorized)]
    [InlineData(404, """{"code":"42P01"}""", FailureHint.Reason.UndefinedFunction)]
    [InlineData(416, """{"code":"PGRST103"}""", FailureHint.Reason.Unknown)]
    [InlineData(500, "oops", FailureHint.Reason.ServerError)]
    public async Task A_refusal_is_an_exception_with_the_body_as_message(
        int status, string body, FailureHint.Reason reason)
    {
        _server.Fault = http =>
        {
            http.Response.StatusCode = status;
            return http.Response.WriteAsync(body);
        };
        var ex = await Assert.ThrowsAsync<PostgrestException>(() => _client.From<Row>().Get());
        Assert.Equal((status, body, reason), (ex.StatusCode, ex.Message, ex.Reason));
        Assert.NotNull(ex.Response);
    }

    [Fact]
    public async Task Other_failures_are_those_of_HTTP_and_JSON()
    {
        _server.Fault = static http => http.Response.WriteAsync("<html>");
        await Assert.ThrowsAsync<JsonReaderException>(() => _client.From<Row>().Get());
        await Assert.ThrowsAsync<HttpRequestException>(
            () => new Client($"http://127.0.0.1:{ChildProcess.FreePort()}", "k").From<Row>().Get());
        await Assert.ThrowsAsync<TaskCanceledException>(
            () => _client.From<Row>().Get(new CancellationToken(canceled: true)));
    }

    [Fact]
    public void A_criterion_of_an_unknown_type_is_refused()
    {
        var ex = Assert.Throws<PostgrestException>(() => _client.From<Row>().Filter("active", Operator.Equals, true));
        Assert.Equal(FailureHint.Reason.InvalidArgument, ex.Reason);
        Assert.StartsWith("Unknown criterion type", ex.Message, StringComparison.Ordinal);
    }

    [global::Supabase.Postgrest.Attributes.Table("domains")]
    private sealed class Row : BaseModel
    {
        [global::Supabase.Postgrest.Attributes.PrimaryKey("id")]
        public long Id { get; set; }

        [global::Supabase.Postgrest.Attributes.Column("domain")]
        public string? Domain { get; set; }

        [global::Supabase.Postgrest.Attributes.Column("created_at")]
        public DateTime CreatedAt { get; set; }
    }
}
