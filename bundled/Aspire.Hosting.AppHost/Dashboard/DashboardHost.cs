using Aspire.Hosting.Dashboard.Frontend;
using Aspire.Hosting.Dashboard.Otlp;
using Aspire.Hosting.Dashboard.Telemetry;

namespace Aspire.Hosting.Dashboard;

/// <summary>
/// The running dashboard: the pages on one port, the OTLP receiver on another. Started before the resources, which send
/// it their telemetry, and disposed of after them.
/// </summary>
internal sealed class DashboardHost : IAsyncDisposable
{
    private const int MaxConnections = 256;

    private readonly DashboardState _state;
    private readonly LoopbackServer _otlp;
    private readonly LoopbackServer _pages;

    private DashboardHost(DashboardState state, LoopbackServer otlp, LoopbackServer pages) =>
        (_state, _otlp, _pages) = (state, otlp, pages);

    public Uri Url => _pages.Url;

    public Uri OtlpUrl => _otlp.Url;

    /// <summary>What exporters send as x-otlp-api-key; empty when everybody may send.</summary>
    public string ApiKey => _state.Options.ApiKey ?? "";

    /// <summary>The URL that opens the dashboard.</summary>
    public string LoginUrl => _state.Options.BrowserToken is { } token
        ? new Uri(Url, $"/login?t={Uri.EscapeDataString(token)}").ToString()
        : Url.ToString();

    /// <summary>The ports that were taken and what serves instead, one sentence each.</summary>
    public IReadOnlyList<string> Notes =>
        [.. Moved("The dashboard", _state.Options.Url, Url), .. Moved("The OTLP receiver", _state.Options.OtlpUrl, OtlpUrl)];

    public static Task<DashboardHost> StartAsync(DashboardOptions options, IDashboardSource source, CancellationToken ct) =>
        StartAsync(options, new(), source, TimeProvider.System, ct);

    public static async Task<DashboardHost> StartAsync(
        DashboardOptions options, TelemetryLimits limits, IDashboardSource source, TimeProvider time, CancellationToken ct)
    {
        var state = new DashboardState(options, limits, source, time);
        var otlp = await LoopbackServer.StartAsync(
            options.OtlpUrl,
            static limits =>
            {
                limits.MaxConcurrentConnections = MaxConnections;
                limits.MaxRequestBodySize = OtlpLimits.MaxBodyBytes;
            },
            app => new OtlpReceiver(state).Map(app),
            ct);
        try
        {
            var pages = await LoopbackServer.StartAsync(
                options.Url, static limits => limits.MaxConcurrentConnections = MaxConnections, app => DashboardPages.Map(app, state), ct);
            return new(state, otlp, pages);
        }
        catch
        {
            await otlp.DisposeAsync();
            state.Dispose();
            throw;
        }
    }

    /// <summary>The variables that make a resource send its telemetry here.</summary>
    public IEnumerable<KeyValuePair<string, string>> Environment => OtlpEnvironment.Create(OtlpUrl, _state.Options.ApiKey);

    public async ValueTask DisposeAsync()
    {
        _state.Dispose();
        await _pages.DisposeAsync();
        await _otlp.DisposeAsync();
    }

    private static IEnumerable<string> Moved(string what, Uri wanted, Uri got) =>
        wanted.Port == got.Port || wanted.Port == 0 ? [] : [$"{what} listens on {got} since port {wanted.Port} is taken."];
}
