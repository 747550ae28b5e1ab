using System.Security.Cryptography;
using System.Text;
using Cybertemp.Mail.Clients;
using Cybertemp.Mail.Schema;
using Cybertemp.Web.Access.SignIn;
using Cybertemp.Web.Database;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Cybertemp.Web.Access;

internal static class AccessRegistration
{
    private const int KeyBytes = 32;

    private static readonly TimeSpan PreflightAge = TimeSpan.FromMinutes(10);

    /// <summary>Who asks, from where, and how much: needs the database of passwords.</summary>
    public static void AddAccess(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<RequestLimits>();
        services.AddSingleton<OpenWaits>();
        services.AddSingleton<Claims>();
        services.AddSingleton<KnownReaders>();
        var retention = builder.Configuration.GetValue(Retention.AgeKey, Retention.DefaultAge);
        services.AddSingleton(s => new Accounts(s.GetRequiredService<MailDatabase>(), retention));
        services.AddSingleton<AccountDoors>();
        services.AddSingleton(static s => CreateSessions(s, s.GetRequiredService<IOptions<WebOptions>>().Value));
        services.AddCors();
        services.AddOptions<Microsoft.AspNetCore.Cors.Infrastructure.CorsOptions>()
            .Configure<IOptions<WebOptions>>(static (cors, web) => cors.AddDefaultPolicy(policy => policy
                .WithOrigins(OriginListAttribute.Parse(web.Value.AllowedOrigins))
                .WithMethods("GET", "POST", "PUT", "PATCH", "DELETE")
                .WithHeaders("Authorization", "Content-Type", "If-None-Match", "Last-Event-ID", "X-API-KEY")
                .WithExposedHeaders("ETag", "Retry-After")
                .SetPreflightMaxAge(PreflightAge)));

        // After the host's own, which believes anybody where ASPNETCORE_FORWARDEDHEADERS_ENABLED is set.
        services.AddOptions<ForwardedHeadersOptions>().PostConfigure<IOptions<WebOptions>>(Believe);
    }

    private static void Believe(ForwardedHeadersOptions headers, IOptions<WebOptions> web)
    {
        headers.KnownProxies.Clear();
        headers.KnownIPNetworks.Clear();
        foreach (var network in NetworkList.Parse(web.Value.ProxyNetworks).Networks)
        {
            headers.KnownIPNetworks.Add(network);
        }

        headers.ForwardLimit = null;
        headers.ForwardedHeaders = headers.KnownIPNetworks.Count > 0
            ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto
            : ForwardedHeaders.None;
    }

    private static Sessions CreateSessions(IServiceProvider services, WebOptions options) => new(
        services.GetRequiredService<MailDatabase>(),
        new SessionToken(options.SessionKey is { Length: > 0 } key
            ? SHA256.HashData(Encoding.UTF8.GetBytes(key))
            : RandomNumberGenerator.GetBytes(KeyBytes)),
        options.SessionLifetime,
        services.GetRequiredService<TimeProvider>());
}
