using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Cybertemp.Tests.EndToEnd.Fleet;

/// <summary>
/// A reader of one inbox, who goes on at the other web with the last message's id when a request ends, as browsers and
/// scripts do.
/// </summary>
/// <param name="inbox">Read for as long as it lives.</param>
/// <param name="kind">What it asks for.</param>
/// <param name="webs">Taken in turn.</param>
/// <param name="listsAnew">Asks for the whole list, too, when it has to go on elsewhere.</param>
internal sealed class FleetReader(string inbox, string kind, IReadOnlyList<Uri> webs, bool listsAnew) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ToldMail> _told = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(2) };
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _reading = Task.CompletedTask;
    private string? _cursor;

    public string Inbox => inbox;

    /// <summary>What it asks for.</summary>
    public string Kind => kind;

    /// <summary>Completes when all that is committed from now on has to be told.</summary>
    public Task Listening => _listening.Task;

    /// <summary>What was told of each subject.</summary>
    public IReadOnlyDictionary<string, ToldMail> Told => _told;

    /// <summary>Requests that failed or ended, and were made anew.</summary>
    public int Interruptions { get; private set; }

    /// <summary>By <c>events</c>, one stream until it ends; lists anew as the page does, or does without.</summary>
    public static FleetReader Streaming(string inbox, IReadOnlyList<Uri> webs, bool listsAnew) =>
        Start(new(inbox, "events", webs, listsAnew), static (r, web) => r.StreamAsync(web));

    /// <summary>By <c>messages?wait=</c>, one request after the other.</summary>
    public static FleetReader Waiting(string inbox, IReadOnlyList<Uri> webs) =>
        Start(new(inbox, "wait", webs, listsAnew: true), static (r, web) => r.WaitAsync(web));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        _http.Dispose();
        _stop.Dispose();
    }

    private static FleetReader Start(FleetReader reader, Func<FleetReader, Uri, Task> read)
    {
        reader._reading = Task.Run(() => reader.RunAsync(read));
        return reader;
    }

    private async Task RunAsync(Func<FleetReader, Uri, Task> read)
    {
        for (var turn = inbox.Length; !_stop.IsCancellationRequested; turn++)
        {
            var web = webs[turn % webs.Count];
            try
            {
                if (listsAnew && Interruptions > 0)
                {
                    await ListAsync(web, "limit=100&wait=20");
                }

                await read(this, web);
            }
            catch (Exception ex) when (ex is HttpRequestException or IOException or OperationCanceledException)
            {
                // It goes on elsewhere.
            }

            Interruptions++;
            await Task.Delay(100, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task StreamAsync(Uri web)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(web, $"/v1/inboxes/{inbox}/events"));
        if (_cursor is not null)
        {
            request.Headers.Add("Last-Event-ID", _cursor);
        }

        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _stop.Token);
        response.EnsureSuccessStatusCode();
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(_stop.Token));
        while (await lines.ReadLineAsync(_stop.Token) is { } line)
        {
            _listening.TrySetResult();
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                Tell(JsonNode.Parse(line[6..])!);
            }
        }
    }

    private async Task WaitAsync(Uri web)
    {
        // What is there already is told, too.
        _listening.TrySetResult();
        while (true)
        {
            await ListAsync(web, $"limit=100&wait=20{(_cursor is null ? "" : $"&after={_cursor}")}");
        }
    }

    private async Task ListAsync(Uri web, string query)
    {
        using var response = await _http.GetAsync(new Uri(web, $"/v1/inboxes/{inbox}/messages?{query}"), _stop.Token);
        response.EnsureSuccessStatusCode();
        if (response.StatusCode is System.Net.HttpStatusCode.OK)
        {
            var page = JsonNode.Parse(await response.Content.ReadAsStringAsync(_stop.Token))!;

            // Newest first: the last one told is the cursor.
            foreach (var message in page["messages"]!.AsArray().Reverse())
            {
                Tell(message!);
            }
        }
    }

    private void Tell(JsonNode message)
    {
        _cursor = message["id"]!.GetValue<string>();
        _told.AddOrUpdate(
            message["subject"]!.GetValue<string>(), new ToldMail(1, TimeProvider.System.GetUtcNow()),
            static (_, told) => told with { Times = told.Times + 1 });
    }
}
