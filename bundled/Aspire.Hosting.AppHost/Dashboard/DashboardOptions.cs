using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dashboard;

/// <summary>Where the dashboard listens and whom it lets in.</summary>
internal sealed record DashboardOptions
{
    private const string Anonymous = "ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS";
    private static readonly Uri DefaultUrl = new("http://localhost:15000");
    private static readonly Uri DefaultOtlpUrl = new("http://localhost:18890");

    public required string ApplicationName { get; init; }

    /// <summary>Which packages the AppHost was built with, for the header.</summary>
    public string Packages { get; init; } = "bundled subsets";

    public Uri Url { get; init; } = DefaultUrl;

    public Uri OtlpUrl { get; init; } = DefaultOtlpUrl;

    /// <summary>Opens the pages; null lets everybody in.</summary>
    public string? BrowserToken { get; init; } = NewSecret();

    /// <summary>Wanted from exporters as x-otlp-api-key; null takes from everybody.</summary>
    public string? ApiKey { get; init; } = NewSecret();

    /// <summary>
    /// Reads the variables of Aspire's dashboard and the AppHost's own URLs. What has to be invented is kept in the user
    /// secrets, so that a login and a link outlive a restart.
    /// </summary>
    public static DashboardOptions FromConfiguration(IConfiguration configuration, string applicationName, UserSecrets? secrets)
    {
        var anonymous = bool.TryParse(configuration[Anonymous], out var allowed) && allowed;
        return new()
        {
            ApplicationName = applicationName,
            Url = FirstHttp(configuration["ASPNETCORE_URLS"]) ?? DefaultUrl,
            OtlpUrl = FirstHttp(configuration["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"]) ?? DefaultOtlpUrl,
            BrowserToken = anonymous ? null : NonEmpty(configuration["ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN"]) ?? Kept(secrets, "AppHost:BrowserToken"),
            ApiKey = anonymous ? null : Kept(secrets, "AppHost:OtlpApiKey"),
        };
    }

    private static string Kept(UserSecrets? secrets, string key) => secrets?.GetOrSet(key, NewSecret) ?? NewSecret();

    private static string NewSecret() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static string? NonEmpty(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;

    private static Uri? FirstHttp(string? urls) => urls?
        .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(static url => Uri.TryCreate(url.Replace("*", "0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var parsed) ? parsed : null)
        .FirstOrDefault(static url => url?.Scheme == Uri.UriSchemeHttp);
}
