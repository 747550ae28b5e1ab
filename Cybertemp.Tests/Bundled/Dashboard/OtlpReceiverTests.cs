using System.IO.Compression;
using System.Net;

namespace Cybertemp.Tests.Bundled.Dashboard;

public sealed class OtlpReceiverTests
{
    [Fact]
    public async Task A_span_becomes_a_trace_with_all_it_says()
    {
        await using var dashboard = await TestDashboard.StartAsync();

        Assert.Equal(HttpStatusCode.OK, await dashboard.ExportAsync("traces", Exports.Span("receive", isError: true)));

        var trace = await dashboard.GetAsync("/api/traces/0123456789abcdef0123456789abcdef");
        var span = Assert.Single(trace.GetProperty("spans").EnumerateArray());
        Assert.Equal("receive", span.GetProperty("name").GetString());
        Assert.Equal("mailer-abcdefgh", span.GetProperty("resource").GetString());
        Assert.Equal("Mailer.Intake", span.GetProperty("scope").GetString());
        Assert.Equal(5, span.GetProperty("duration").GetDouble());
        Assert.True(span.GetProperty("error").GetBoolean());
        Assert.Equal("why", span.GetProperty("status").GetString());
        Assert.Equal("a1b2", span.GetProperty("attributes")[0].GetProperty("value").GetString());
        Assert.Equal("TimeoutException", span.GetProperty("events")[0].GetProperty("attributes")[0].GetProperty("value").GetString());
        Assert.Equal("0000000000000009", span.GetProperty("links")[0].GetProperty("span").GetString());
    }

    [Theory]
    [InlineData("errors=1", 0)]
    [InlineData("text=a1b2", 1)]
    [InlineData("text=elsewhere", 0)]
    [InlineData("resource=mailer", 1)]
    [InlineData("resource=mailer-abcdefgh", 1)]
    [InlineData("resource=sync", 0)]
    [InlineData("min=4", 1)]
    [InlineData("min=1000", 0)]
    public async Task Traces_are_filtered(string query, int found)
    {
        await using var dashboard = await TestDashboard.StartAsync();
        await dashboard.ExportAsync("traces", Exports.Span("receive"));

        var answer = await dashboard.GetAsync($"/api/traces?{query}");

        Assert.Equal(found, answer.GetProperty("rows").GetArrayLength());
    }

    [Fact]
    public async Task A_log_record_links_to_its_trace()
    {
        await using var dashboard = await TestDashboard.StartAsync();
        await dashboard.ExportAsync("logs", Exports.Log("Commit failed", severity: 17));
        await dashboard.ExportAsync("logs", Exports.Log("Fine"));

        var rows = (await dashboard.GetAsync("/api/logs?severity=17")).GetProperty("rows");
        var row = Assert.Single(rows.EnumerateArray());
        Assert.Equal("Commit failed", row.GetProperty("message").GetString());
        Assert.Equal("0123456789abcdef0123456789abcdef", row.GetProperty("traceId").GetString());

        var details = await dashboard.GetAsync($"/api/logs/{row.GetProperty("id").GetInt64()}");
        Assert.Equal("Count", details.GetProperty("attributes")[0].GetProperty("key").GetString());
    }

    [Fact]
    public async Task Meters_are_listed_and_answer_questions()
    {
        await using var dashboard = await TestDashboard.StartAsync();
        await dashboard.ExportAsync("metrics", Exports.Counter("mails", 3));
        await dashboard.ExportAsync("metrics", Exports.Histogram("time", [1, 2, 3], 0.1, 1));

        var meters = await dashboard.GetAsync("/api/meters");
        Assert.Equal(["mails", "time"], meters.EnumerateArray().Select(static m => m.GetProperty("name").GetString()), StringComparer.Ordinal);
        Assert.Equal(["Counter", "Histogram"], meters.EnumerateArray().Select(static m => m.GetProperty("kind").GetString()), StringComparer.Ordinal);

        var data = await dashboard.GetAsync("/api/meters/data?minutes=1&q=mails,kind&q=nothing");
        Assert.Equal("a", data.GetProperty("charts")[0].GetProperty("groups")[0].GetProperty("label").GetString());
        Assert.Equal(60, data.GetProperty("charts")[0].GetProperty("groups")[0].GetProperty("values").GetArrayLength());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, data.GetProperty("charts")[1].ValueKind);
    }

    [Fact]
    public async Task Gzip_is_understood()
    {
        await using var dashboard = await TestDashboard.StartAsync();

        Assert.Equal(HttpStatusCode.OK, await dashboard.ExportAsync("logs", Gzip(Exports.Log("Packed")), "gzip"));

        Assert.Equal(1, (await dashboard.GetAsync("/api/logs")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Malformed_requests_are_refused_whole()
    {
        await using var dashboard = await TestDashboard.StartAsync();
        byte[] half = [.. Exports.Log("First"), 0x0a, 0x20, 0x01];

        Assert.Equal(HttpStatusCode.BadRequest, await dashboard.ExportAsync("logs", half));
        Assert.Equal(HttpStatusCode.BadRequest, await dashboard.ExportAsync("logs", [1, 2, 3], "gzip"));

        Assert.Equal(0, (await dashboard.GetAsync("/api/logs")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Size_type_and_encoding_are_checked()
    {
        await using var dashboard = await TestDashboard.StartAsync();
        dashboard.Exporter.DefaultRequestHeaders.ExpectContinue = true;

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await dashboard.ExportAsync("logs", new byte[5 * 1024 * 1024]));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await dashboard.ExportAsync("logs", Gzip(new byte[64 * 1024 * 1024]), "gzip"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await dashboard.ExportAsync("logs", [], type: "application/json"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await dashboard.ExportAsync("logs", [], "br"));
    }

    [Fact]
    public async Task An_exporter_without_the_key_is_refused()
    {
        await using var dashboard = await TestDashboard.StartAsync();
        dashboard.Exporter.DefaultRequestHeaders.Remove("x-otlp-api-key");

        Assert.Equal(HttpStatusCode.Unauthorized, await dashboard.ExportAsync("logs", Exports.Log("Forged")));
    }

    [Fact]
    public void The_environment_names_endpoint_protocol_and_key()
    {
        var environment = Aspire.Hosting.Dashboard.Otlp.OtlpEnvironment
            .Create(new("http://localhost:18890/"), "key")
            .ToDictionary(StringComparer.Ordinal);

        Assert.Equal("http://localhost:18890", environment["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        Assert.Equal("http/protobuf", environment["OTEL_EXPORTER_OTLP_PROTOCOL"]);
        Assert.Equal("x-otlp-api-key=key", environment["OTEL_EXPORTER_OTLP_HEADERS"]);
    }

    private static byte[] Gzip(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(body);
        }

        return packed.ToArray();
    }
}
