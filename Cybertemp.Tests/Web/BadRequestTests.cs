using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cybertemp.Tests.Web;

public sealed class BadRequestTests(WebFixture web) : IClassFixture<WebFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly HttpClient _http = web.Web.Client;

    [Theory]
    [InlineData("GET", "/v1", 404, "no-such-resource")]
    [InlineData("GET", "/v1/nothing", 404, "no-such-resource")]
    [InlineData("GET", "/v1/messages/1", 400, "malformed-id")]
    [InlineData("GET", "/v1/messages/%27;drop%20table%20emails", 400, "malformed-id")]
    [InlineData("GET", "/v1/messages/00000000-0000-4000-8000-000000000000", 400, "malformed-id")]
    [InlineData("GET", "/v1/messages/{00000000-0000-7000-8000-000000000000}", 400, "malformed-id")]
    [InlineData("GET", "/v1/messages/00000000-0000-7000-8000-000000000000", 404, "no-such-message")]
    [InlineData("GET", "/v1/messages/ffffffff-ffff-7fff-bfff-ffffffffffff/raw", 404, "no-such-message")]
    [InlineData("GET", "/v1/messages/..%2F..%2Fetc%2Fpasswd", 400, "malformed-id")]
    [InlineData("GET", "/v1/messages/%2e%2e/%2e%2e/etc/passwd", 404, "no-such-resource")]
    [InlineData("GET", "/v1/messages/x%0d%0aSet-Cookie:%20a=b", 400, "malformed-id")]
    [InlineData("POST", "/v1/domains", 405, "method-not-allowed")]
    [InlineData("PUT", "/v1/messages/00000000-0000-7000-8000-000000000000", 405, "method-not-allowed")]
    [InlineData("DELETE", "/v1/messages/00000000-0000-7000-8000-000000000000", 404, "no-such-message")]
    [InlineData("DELETE", "/v1/messages/x", 400, "malformed-id")]
    [InlineData("DELETE", "/v1/inboxes/x/messages", 400, "malformed-address")]
    public async Task Is_a_problem(string method, string path, int status, string problem)
    {
        using var response = await _http.SendAsync(new HttpMethod(method), path);
        Assert.Equal(problem, await response.ProblemAsync((HttpStatusCode)status));
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.False(response.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("", "malformed-body")]
    [InlineData("{", "malformed-body")]
    [InlineData("null", "malformed-body")]
    [InlineData("[]", "malformed-body")]
    [InlineData("{}", "malformed-body")]
    [InlineData("{\"read\":\"yes\"}", "malformed-body")]
    [InlineData("{\"read\":null}", "malformed-body")]
    public async Task A_body_that_is_none_is_a_problem(string body, string problem)
    {
        using var response = await _http.SendAsync(
            HttpMethod.Patch, "/v1/messages/00000000-0000-7000-8000-000000000000", body);
        Assert.Equal(problem, await response.ProblemAsync(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task A_body_that_is_not_json_is_a_problem()
    {
        using var response = await _http.PatchAsync(
            new Uri("/v1/messages/00000000-0000-7000-8000-000000000000", UriKind.Relative),
            new FormUrlEncodedContent([new("read", "true")]));
        Assert.Equal("not-json", await response.ProblemAsync(HttpStatusCode.UnsupportedMediaType));
    }

    [Theory]
    [InlineData("multipart/form-data", "x", 415)]
    [InlineData("multipart/form-data; boundary=x", "x", 415)]
    [InlineData("application/x-www-form-urlencoded", "many", 400)]
    [InlineData("application/json; charset=nope", "{}", 400)]
    [InlineData("application/json", """{"address":"\"\u0000\"@x.example","password":"x"}""", 400)]
    [InlineData("application/json", """{"address":"\"\\\ufffe\"@x.example","password":"x"}""", 400)]
    public async Task A_form_that_is_none_is_a_problem(string type, string body, int status)
    {
        var content = body == "many"
            ? string.Join('&', Enumerable.Range(0, 2_000).Select(static i => $"a{i}=b"))
            : body;
        using var form = new StringContent(content);
        form.Headers.Remove("Content-Type");
        form.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await _http.PostAsync(new Uri("/v1/sessions", UriKind.Relative), form);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Two_credentials_are_none()
    {
        var answer = await AnswerAsync(
            [
                .. "GET /v1/domains HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"u8,
                .. "Authorization: Bearer one\r\nAuthorization: Bearer two\r\n\r\n"u8,
            ]);
        Assert.StartsWith("HTTP/1.1 401 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_of_ten_megabytes_is_a_problem()
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Patch, "/v1/messages/00000000-0000-7000-8000-000000000000");
        request.Content = new StringContent(new string(' ', 10_000_000), Encoding.UTF8, "application/json");
        request.Headers.ExpectContinue = true;
        using var response = await _http.SendAsync(request);
        Assert.Equal("body-too-large", await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge));
    }

    [Fact]
    public async Task A_body_that_does_not_say_its_length_is_read_to_its_limit()
    {
        var answer = await AnswerAsync(Encoding.ASCII.GetBytes(
            "POST /v1/inboxes HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + $"Transfer-Encoding: chunked\r\n\r\n11000\r\n{new string(' ', 0x11000)}\r\n0\r\n\r\n"),
            saysMore: true);
        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        Assert.Contains("urn:cybertemp:problem:body-too-large", answer, StringComparison.Ordinal);
    }

    /// <summary>What no HTTP client would send; each byte sequence is answered or closed, and none is a 500.</summary>
    [Fact]
    public async Task Mutations_of_requests_are_never_our_fault()
    {
        var random = new Random(20261126);
        string[] seeds =
        [
            "GET /v1/inboxes/box@temp.example/messages?limit=5&after=0198c0de-0000-7000-8000-000000000000 HTTP/1.1\r\n",
            "GET /v1/messages/0198c0de-0000-7000-8000-000000000000/attachments/0 HTTP/1.1\r\n",
            "POST /v1/inboxes HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 24\r\n",
            "PATCH /v1/messages/0198c0de-0000-7000-8000-000000000000 HTTP/1.1\r\nContent-Type: application/json\r\n",
        ];
        for (var i = 0; i < 400; i++)
        {
            var request = Mutate(seeds[i % seeds.Length], random);
            var answer = await AnswerAsync(
                Encoding.Latin1.GetBytes(
                    request + "Host: x\r\nConnection: close\r\n\r\n{\"domain\":\"temp.example\"}"));
            Assert.DoesNotContain("HTTP/1.1 500", answer, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(web.Web.Log.Lines, static l => l.StartsWith("Error", StringComparison.Ordinal));
    }

    private static string Mutate(string seed, Random random)
    {
        var text = new StringBuilder(seed);
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var at = random.Next(4, text.Length - 12);
            switch (random.Next(4))
            {
                case 0:
                    text[at] = (char)random.Next(1, 256);
                    break;
                case 1:
                    text.Insert(at, "%" + random.Next(256).ToString("x2", provider: null));
                    break;
                case 2:
                    text.Remove(at, random.Next(1, 8));
                    break;
                default:
                    text.Insert(at, new string("'%@/.&=<>\"\\"[random.Next(11)], random.Next(1, 40)));
                    break;
            }
        }

        return text.ToString();
    }

    private async Task<string> AnswerAsync(byte[] request, bool saysMore = false)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(web.Web.Address.Host, web.Web.Address.Port);
        var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(request);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            var answer = reader.ReadToEndAsync();
            if (!saysMore && await Task.WhenAny(answer, Task.Delay(Patience)) != answer)
            {
                // The server waits for more. Not before: a client that is gone gets no answer.
                client.Client.Shutdown(SocketShutdown.Send);
            }

            return await answer;
        }
        catch (IOException)
        {
            return "closed";
        }
    }
}
