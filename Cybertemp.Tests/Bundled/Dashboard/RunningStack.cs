using System.Globalization;
using System.Net.Mail;
using System.Text.RegularExpressions;
using Cybertemp.Tests.AppHost;

namespace Cybertemp.Tests.Bundled.Dashboard;

/// <summary>The AppHost as its user runs it, with its dashboard on free ports and every domain accepted.</summary>
internal sealed partial class RunningStack : IAsyncDisposable
{
    private readonly AppHostProcess _host;
    private readonly DirectoryInfo _home;

    private RunningStack(AppHostProcess host, DirectoryInfo home) => (_host, _home) = (host, home);

    public string LoginUrl { get; private set; } = "";

    public int SmtpPort { get; private set; }

    public static async Task<RunningStack> StartAsync(CancellationToken ct, params string[] arguments)
    {
        var home = Directory.CreateTempSubdirectory("dashboard-");
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["HOME"] = home.FullName,
            ["XDG_DATA_HOME"] = home.FullName,
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["USE_SUPABASE_DOMAINS"] = "false",
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] = "http://127.0.0.1:0",
        };
        var host = await AppHostProcess.StartAsync(environment, ["DcpPublisher:RandomizePorts=true", "Cybertemp:EphemeralData=true", .. arguments]);
        var stack = new RunningStack(host, home);
        var login = await host.WaitForLineAsync("Login to the dashboard at ", ct);
        var mail = await host.WaitForLineAsync("Mail is accepted on ", ct);
        stack.LoginUrl = login[login.IndexOf("http", StringComparison.Ordinal)..];
        stack.SmtpPort = int.Parse(Port.Match(mail).Groups["port"].Value, CultureInfo.InvariantCulture);
        return stack;
    }

    public async Task SendAsync(string subject, CancellationToken ct)
    {
        using var client = new SmtpClient("localhost", SmtpPort);
        await client.SendMailAsync("me@example.org", "box@cybertemp.localhost", subject, "It works.", ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.SignalAsync("TERM");
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _host.WaitForExitAsync(timeout.Token);
        await _host.DisposeAsync();
        _home.Delete(recursive: true);
    }

    [GeneratedRegex(@"localhost:(?<port>\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Port { get; }
}
