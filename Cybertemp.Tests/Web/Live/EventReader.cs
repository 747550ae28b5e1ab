using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Cybertemp.Tests.Web.Live;

/// <summary>A client of a stream of events, as browsers are.</summary>
internal sealed class EventReader : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private EventReader(HttpResponseMessage response, StreamReader lines) => (_response, _lines) = (response, lines);

    /// <summary>Completes when the service listens.</summary>
    public static async Task<EventReader> OpenAsync(
        HttpClient client, string path, string? lastEventId = null, string? bearer = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Headers.Authorization = bearer is null ? null : new AuthenticationHeaderValue("Bearer", bearer);
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var reader = new EventReader(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
        Assert.Equal(": listening", await reader.LineAsync());
        return reader;
    }

    /// <summary>The next message; null when the stream has ended.</summary>
    public async Task<JsonNode?> NextAsync()
    {
        string? id = null;
        while (await LineAsync() is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                id = line[4..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                var message = JsonNode.Parse(line[6..])!;
                Assert.Equal(id, message["id"]!.GetValue<string>());
                return message;
            }
        }

        return null;
    }

    public async Task<string?> NextSubjectAsync() => (await NextAsync())?["subject"]!.GetValue<string>();

    public async Task<string[]> NextSubjectsAsync(int count)
    {
        var subjects = new string[count];
        for (var i = 0; i < count; i++)
        {
            subjects[i] = await NextSubjectAsync() ?? "the end";
        }

        return subjects;
    }

    public ValueTask DisposeAsync()
    {
        _lines.Dispose();
        _response.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string?> LineAsync()
    {
        using var timeout = new CancellationTokenSource(Bound);
        return await _lines.ReadLineAsync(timeout.Token);
    }
}
