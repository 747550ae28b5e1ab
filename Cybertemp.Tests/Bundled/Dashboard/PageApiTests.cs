using System.Text.Json;

namespace Cybertemp.Tests.Bundled.Dashboard;

public sealed class PageApiTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Resources_are_listed_without_the_values_of_their_environment()
    {
        await using var dashboard = await TestDashboard.StartAsync();
        dashboard.Source.Set(new("sync-abcdefgh", "sync", "Project", "Running")
        {
            Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["PASSWORD"] = "s3cr~t" },
        });

        var resources = await dashboard.GetAsync("/api/resources");

        Assert.Equal("PASSWORD", resources[0].GetProperty("environment")[0].GetString());
        Assert.DoesNotContain("s3cr~t", resources.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("s3cr~t", (await dashboard.GetAsync("/api/resources/sync-abcdefgh/environment/PASSWORD")).GetString());
    }

    [Fact]
    public async Task Console_lines_are_read_from_where_one_left_off()
    {
        await using var dashboard = await TestDashboard.StartAsync();
        dashboard.Source.Write("sync", "one");
        dashboard.Source.Write("postgres", "two", isError: true);

        var all = await dashboard.GetAsync("/api/console");
        Assert.Equal(["one", "two"], Texts(all), StringComparer.Ordinal);
        var after = all.GetProperty("lines")[0][0].GetInt64();

        Assert.Equal(["two"], Texts(await dashboard.GetAsync($"/api/console?after={after}")), StringComparer.Ordinal);
        Assert.Equal(["one"], Texts(await dashboard.GetAsync("/api/console?resource=sync")), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_download_has_neither_times_nor_colours()
    {
        await using var dashboard = await TestDashboard.StartAsync();
        dashboard.Source.Write("sync", "\e[32minfo\e[0m: \e]8;;http://x\e\\done");

        Assert.Equal("info: done\n", await dashboard.Browser.GetStringAsync(Path("/api/console/download?resource=sync")), StringComparer.Ordinal);
        Assert.Equal("sync: info: done\n", await dashboard.Browser.GetStringAsync(Path("/api/console/download")));
    }

    [Fact]
    public async Task The_live_stream_says_how_far_the_stores_have_come()
    {
        await using var dashboard = await TestDashboard.StartAsync();
        using var timeout = new CancellationTokenSource(Timeout);
        using var reader = new StreamReader(await dashboard.Browser.GetStreamAsync(Path("/api/live"), timeout.Token));
        Assert.Equal(0, (await NextAsync(reader, timeout.Token)).GetProperty("console").GetInt64());

        for (var i = 0; i < 1_000; i++)
        {
            dashboard.Source.Write("sync", "line");
        }

        long last;
        var events = 0;
        do
        {
            last = (await NextAsync(reader, timeout.Token)).GetProperty("console").GetInt64();
            events++;
        }
        while (last < 1_000);
        Assert.InRange(events, 1, 20);
    }

    [Fact]
    public async Task A_client_beyond_the_limit_is_told_so_and_others_go_on()
    {
        await using var dashboard = await TestDashboard.StartAsync();
        using var timeout = new CancellationTokenSource(Timeout);
        var streams = new List<Stream>();
        for (var i = 0; i < 64; i++)
        {
            streams.Add(await dashboard.Browser.GetStreamAsync(Path("/api/live"), timeout.Token));
        }

        using var refused = await dashboard.Browser.GetAsync(Path("/api/live"), timeout.Token);
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        streams.ForEach(static stream => stream.Dispose());
    }

    [Fact]
    public async Task The_stream_ends_with_the_dashboard()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        var dashboard = await TestDashboard.StartAsync();
        using var response = await dashboard.Browser.GetAsync(Path("/api/live"), HttpCompletionOption.ResponseHeadersRead, timeout.Token);
        await using var stream = await response.Content.ReadAsStreamAsync(timeout.Token);

        await dashboard.Host.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(5), timeout.Token);

        // Cut off or ended: either way no reader waits for more.
        var buffer = new byte[1024];
        await Record.ExceptionAsync(async () =>
        {
            while (await stream.ReadAsync(buffer, timeout.Token) > 0)
            {
                Assert.False(timeout.IsCancellationRequested);
            }
        });
        Assert.False(timeout.IsCancellationRequested);
    }

    private static IEnumerable<string?> Texts(JsonElement answer) =>
        answer.GetProperty("lines").EnumerateArray().Select(static line => line[4].GetString());

    private static async Task<JsonElement> NextAsync(StreamReader reader, CancellationToken ct)
    {
        string? line;
        while ((line = await reader.ReadLineAsync(ct)) is not null)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return JsonSerializer.Deserialize<JsonElement>(line["data: ".Length..]);
            }
        }

        throw new EndOfStreamException();
    }

    private static Uri Path(string path) => new(path, UriKind.Relative);
}
