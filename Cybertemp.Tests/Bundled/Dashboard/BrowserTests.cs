using Microsoft.Playwright;

namespace Cybertemp.Tests.Bundled.Dashboard;

public sealed class BrowserTests(ChromiumBrowser browser) : IClassFixture<ChromiumBrowser>
{
    [Fact]
    public async Task The_link_logs_in_and_shows_the_resources()
    {
        await using var dashboard = await StartAsync();
        await using var opened = await OpenAsync(dashboard);

        await Expect(opened, "tbody tr").ToHaveCountAsync(2);
        await Expect(opened, "tr[data-key=sync-abcdefgh]").ToContainTextAsync("Running");
        await Expect(opened, "#packages").ToHaveTextAsync("packages: bundled subsets");
        await Expect(opened, "#live").ToHaveTextAsync("live");
        Assert.Empty(opened.Errors);
    }

    [Fact]
    public async Task A_login_by_hand_leads_to_the_page_that_was_asked_for()
    {
        await using var dashboard = await StartAsync();
        await using var opened = await browser.OpenAsync();
        await opened.Page.GotoAsync(new Uri(dashboard.Host.Url, "/traces?errors=1").ToString());

        await opened.Page.GetByLabel("Token").FillAsync(TestDashboard.Token);
        await opened.Page.Keyboard.PressAsync("Enter");

        await Expect(opened, "h1").ToHaveTextAsync("Traces");
        Assert.Empty(opened.Errors);
    }

    [Fact]
    public async Task A_resource_is_stopped_and_started_from_the_page()
    {
        await using var dashboard = await StartAsync();
        await using var opened = await OpenAsync(dashboard);

        await opened.Page.GetByLabel("Stop sync-abcdefgh").ClickAsync();
        await Expect(opened, "tr[data-key=sync-abcdefgh]").ToContainTextAsync("Exited (0)");
        await opened.Page.GetByLabel("Start sync-abcdefgh").ClickAsync();
        await Expect(opened, "tr[data-key=sync-abcdefgh]").ToContainTextAsync("Running");

        Assert.Equal(["stop sync-abcdefgh", "start sync-abcdefgh"], dashboard.Source.Executed, StringComparer.Ordinal);
        Assert.Empty(opened.Errors);
    }

    [Fact]
    public async Task A_value_of_the_environment_is_shown_and_copied_when_asked_for()
    {
        await using var dashboard = await StartAsync();
        await using var opened = await OpenAsync(dashboard, "/resources?resource=sync-abcdefgh");
        await Expect(opened, ".side").ToContainTextAsync("PASSWORD");
        Assert.DoesNotContain("s3cr~t", await opened.Page.ContentAsync(), StringComparison.Ordinal);

        await opened.Page.GetByLabel("Show PASSWORD").ClickAsync();
        await Expect(opened, ".side").ToContainTextAsync("s3cr~t");
        await opened.Page.GetByLabel("Copy PASSWORD").ClickAsync();

        await Expect(opened, "#toasts").ToContainTextAsync("Copied");
        Assert.Equal("s3cr~t", await opened.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        Assert.Empty(opened.Errors);
    }

    [Fact]
    public async Task A_console_line_appears_as_it_is_written_in_its_colour()
    {
        await using var dashboard = await StartAsync();
        await using var opened = await OpenAsync(dashboard, "/console");
        await Expect(opened, ".row").ToHaveCountAsync(1);

        dashboard.Source.Write("sync-abcdefgh", "\e[32minfo\e[39m: <b>written</b> now, see http://localhost:5081/health");

        await Expect(opened, ".row >> nth=1").ToContainTextAsync("info: <b>written</b> now");
        await Expect(opened, ".row >> nth=1 >> .c2").ToHaveTextAsync("info");
        await Expect(opened, ".row a").ToHaveAttributeAsync("href", "http://localhost:5081/health");
        Assert.Empty(opened.Errors);
    }

    [Fact]
    public async Task Copied_lines_are_what_was_written_without_times()
    {
        await using var dashboard = await StartAsync();
        dashboard.Source.Write("sync-abcdefgh", "second line");
        await using var opened = await OpenAsync(dashboard, "/console/sync-abcdefgh?times=1");
        await Expect(opened, ".row").ToHaveCountAsync(2);

        await opened.Page.EvaluateAsync("getSelection().selectAllChildren(document.querySelector('.canvas'))");
        var selected = await opened.Page.EvaluateAsync<string>("getSelection().toString()");

        Assert.Equal(["first line", "second line"], selected.Split('\n', StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Ten_thousand_lines_leave_the_tab_quick()
    {
        await using var dashboard = await StartAsync();
        await using var opened = await OpenAsync(dashboard, "/console");
        await Expect(opened, ".row").ToHaveCountAsync(1);
        await opened.Page.EvaluateAsync(
            "() => { window.longest = 0; let last = performance.now(); const beat = () => { const now = performance.now(); longest = Math.max(longest, now - last); last = now; setTimeout(beat, 10); }; beat(); }");

        for (var i = 0; i < 10_000; i++)
        {
            dashboard.Source.Write("sync-abcdefgh", $"info: line {i} of a noisy resource with some text to lay out");
            if (i % 500 == 0)
            {
                await Task.Yield();
            }
        }

        await Expect(opened, ".row >> nth=-1").ToContainTextAsync("line 9999");
        Assert.InRange(await opened.Page.Locator(".row").CountAsync(), 10, 120);
        Assert.InRange(await opened.Page.EvaluateAsync<double>("longest"), 0, 1_000);
        Assert.Empty(opened.Errors);
    }

    [Fact]
    public async Task A_log_line_leads_to_its_trace_and_the_mail_page_moves()
    {
        await using var dashboard = await StartAsync();
        await dashboard.ExportAsync("logs", Exports.Log("Commit failed", severity: 17));
        await dashboard.ExportAsync("traces", Exports.Span("message"));
        foreach (var (name, id) in ((string, byte)[])[("receive", 2), ("parse", 3), ("commit", 4)])
        {
            await dashboard.ExportAsync("traces", Exports.Span(name, spanId: id, parentId: 1));
        }

        await using var opened = await OpenAsync(dashboard, "/logs?severity=17");
        await opened.Page.GetByText("Commit failed").ClickAsync();
        await opened.Page.Locator(".side a.mono").ClickAsync();
        await Expect(opened, "h1").ToHaveTextAsync("message");
        await Expect(opened, ".track").ToHaveCountAsync(4);
        await opened.Page.GetByText("parse").ClickAsync();
        await Expect(opened, ".side").ToContainTextAsync("a1b2");

        await dashboard.ExportAsync("metrics", Exports.Histogram("cybertemp.intake.duration", [10, 0], 0.005));
        await opened.Page.GetByRole(AriaRole.Link, new() { Name = "Mail" }).ClickAsync();
        await Expect(opened, ".tile >> nth=0").ToContainTextAsync("Accepted");
        await Expect(opened, "section.card:visible").ToHaveCountAsync(2);
        Assert.Empty(opened.Errors);
    }

    [Fact]
    public async Task Everything_is_reached_by_keys_alone()
    {
        await using var dashboard = await StartAsync();
        await dashboard.ExportAsync("traces", Exports.Span("receive"));
        await dashboard.ExportAsync("logs", Exports.Log("A record"));
        await dashboard.ExportAsync("metrics", Exports.Counter("mails", 3));
        await using var opened = await OpenAsync(dashboard);

        await Expect(opened, "tbody tr").ToHaveCountAsync(2);
        await PressAsync(opened, "j", ".side h2", "postgres-abcdefgh");
        await PressAsync(opened, "Enter", "h1", "Console");
        await PressAsync(opened, "/", "h1", "Console");
        await opened.Page.Keyboard.TypeAsync("nothing like it");
        await Expect(opened, ".tools").ToContainTextAsync("0 of 0 lines");
        await PressAsync(opened, "Escape", "h1", "Console");
        await PressAsync(opened, "t", ".row span > b >> nth=0", "receive");
        await PressAsync(opened, "j", ".row.chosen span > b >> nth=0", "receive");
        await PressAsync(opened, "Enter", "h1", "receive");
        await PressAsync(opened, "j", ".side h2", "receive");
        await PressAsync(opened, "s", ".row span >> nth=3", "A record");
        await PressAsync(opened, "j", ".side pre", "A record");
        await PressAsync(opened, "m", ".card h2", "mailscounter, {mail}");
        await PressAsync(opened, "?", "dialog h2", "Keys");
        await PressAsync(opened, "Escape", "h1", "Meters");
        await PressAsync(opened, "d", "h1", "Meters");
        await Expect(opened, "html").ToHaveAttributeAsync("data-theme", "dark");
        Assert.Empty(opened.Errors);
    }

    [Fact]
    public async Task What_one_sees_is_in_the_address()
    {
        await using var dashboard = await StartAsync();
        await using var opened = await OpenAsync(dashboard, "/console");
        await opened.Page.GetByLabel("Search lines").FillAsync("first");
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Times" }).ClickAsync();
        await Assertions.Expect(opened.Page).ToHaveURLAsync(new Uri(dashboard.Host.Url, "/console?q=first&times=1").ToString());

        await opened.Page.ReloadAsync();

        await Expect(opened, "input[type=search]").ToHaveValueAsync("first");
        await Expect(opened, ".console.times .row").ToHaveCountAsync(1);
        Assert.Empty(opened.Errors);
    }

    private static async Task PressAsync(BrowserPage opened, string key, string selector, string text)
    {
        await opened.Page.Keyboard.PressAsync(key);
        await Expect(opened, selector).ToHaveTextAsync(text);
    }

    private static ILocatorAssertions Expect(BrowserPage opened, string selector) => Assertions.Expect(opened.Page.Locator(selector));

    private static async Task<TestDashboard> StartAsync()
    {
        var dashboard = await TestDashboard.StartAsync();
        dashboard.Source.Set(new("postgres-abcdefgh", "postgres", "Container", "Running") { Health = "Healthy" });
        dashboard.Source.Set(new("sync-abcdefgh", "sync", "Project", "Running")
        {
            Health = "Healthy",
            Commands = ["stop", "restart"],
            Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["PASSWORD"] = "s3cr~t" },
        });
        dashboard.Source.Write("sync-abcdefgh", "first line");
        return dashboard;
    }

    private async Task<BrowserPage> OpenAsync(TestDashboard dashboard, string path = "/")
    {
        var opened = await browser.OpenAsync();
        await opened.Page.GotoAsync($"{dashboard.Host.LoginUrl}&returnUrl={Uri.EscapeDataString(path)}");
        return opened;
    }
}
