using System.Diagnostics;
using System.Net.Http.Json;
using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Cybertemp.Tests.Documentation;
using Cybertemp.Tests.Support;
using Cybertemp.Tests.Web.Dialects.Clients;

namespace Cybertemp.Tests.AppHost;

/// <summary>The examples of docs/testing.md, run as they stand there against the local stack.</summary>
public sealed class TestingPageTests(RunningAppHost running) : IClassFixture<RunningAppHost>, IAsyncLifetime
{
    private SignUpApp _shop = null!;

    private Uri Mail => running.App.GetEndpoint("web", "http");

    public async ValueTask InitializeAsync() =>
        _shop = await SignUpApp.StartAsync(running.App.GetEndpoint("smtp-receiver", "smtp").Port);

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task A_script_signs_up() => Assert.Contains(
        "Welcome", await RunAsync(PageExamples.Find("curl")), StringComparison.Ordinal);

    [Fact]
    public async Task Two_lines_wait_for_a_code()
    {
        var lines = PageExamples.Find("two-lines").Split('\n');
        Assert.Equal(2, lines.Length);
        var code = await RunAsync(
            $"{lines[0]}\ncurl -sf \"$APP/sign-up\" --data-urlencode \"email=$address\" >&2\n{lines[1]}\necho $code");
        Assert.Matches(@"^\d{6}\n$", code);
    }

    [Fact]
    public async Task A_visitor_signs_up_in_playwright()
    {
        var folder = Directory.CreateTempSubdirectory("playwright-");
        try
        {
            File.CreateSymbolicLink(
                Path.Combine(folder.FullName, "node_modules"), Path.Combine(NodeClient.Folder, "node_modules"));
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "signup.spec.ts"), PageExamples.Find("playwright"));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "playwright.config.mjs"), $$"""
                export default {
                  use: {
                    baseURL: '{{_shop.Address}}',
                    launchOptions: { executablePath: '{{ChromiumBrowser.Executable}}', args: ['--no-sandbox'] },
                  },
                };
                """);
            var start = new ProcessStartInfo(
                "node", [Path.Combine("node_modules", "@playwright", "test", "cli.js"), "test"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = folder.FullName,
            };
            start.Environment["CYBERTEMP_URL"] = Mail.ToString().TrimEnd('/');
            Assert.Contains("1 passed", await NodeClient.RunAsync(start), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_visitor_signs_up_in_csharp()
    {
        using var shop = new HttpClient { BaseAddress = _shop.Address };
        await SignUpAsync(running.App, shop);

        var source = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "Cybertemp.Tests", "AppHost", "TestingPageTests.cs"));
        var example = string.Join('\n', PageExamples.Find("csharp").Split('\n')
            .Select(static line => line.Length == 0 ? line : $"    {line}"));
        Assert.Contains(example, source, StringComparison.Ordinal);
    }

    private static async Task SignUpAsync(DistributedApplication stack, HttpClient shop)
    {
        using var mail = stack.CreateHttpClient("web", "http");
        using var made = await mail.PostAsync(new Uri("/v1/inboxes", UriKind.Relative), content: null);
        var inbox = await made.Content.ReadFromJsonAsync<Inbox>();
        using var signedUp = await shop.PostAsync(
            new Uri("/sign-up", UriKind.Relative), new FormUrlEncodedContent([new("email", inbox!.Address)]));
        signedUp.EnsureSuccessStatusCode();

        var found = await mail.GetFromJsonAsync<Found>(
            new Uri($"/v1/inboxes/{inbox.Address}/code?wait=60", UriKind.Relative));
        using var confirmed = await shop.PostAsync(
            new Uri("/confirm", UriKind.Relative),
            new FormUrlEncodedContent([new("email", inbox.Address), new("code", found!.Code)]));
        Assert.Contains("Welcome", await confirmed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private sealed record Inbox(string Address);

    private sealed record Found(string Code);

    private Task<string> RunAsync(string script)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["URL"] = Mail.ToString().TrimEnd('/');
        start.Environment["APP"] = _shop.Address.ToString().TrimEnd('/');
        return NodeClient.RunAsync(start);
    }
}
