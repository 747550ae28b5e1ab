using Cybertemp.Mail.Failover;
using Cybertemp.Mail.Filters;
using Cybertemp.Mail.Filters.Mirror;
using Cybertemp.Mail.Inboxes;
using Cybertemp.Mail.Mime;
using Cybertemp.Mail.Refusals;
using Cybertemp.Mail.Schema;
using Cybertemp.ServiceDefaults.Configuration;
using Cybertemp.Web.Access;
using Cybertemp.Web.Database;
using Cybertemp.Web.Dialects;
using Cybertemp.Web.Domains;
using Cybertemp.Web.Inboxes;
using Cybertemp.Web.Live;
using Cybertemp.Web.Live.Feeds;
using Cybertemp.Web.Messages;
using Cybertemp.Web.Messages.Contents;
using Cybertemp.Web.Messages.Search;
using Cybertemp.Web.Requests;
using Cybertemp.Web.Webhooks;
using Cybertemp.Web.WebInbox;
using Microsoft.Extensions.Options;
using Npgsql;
using StackExchange.Redis;

namespace Cybertemp.Web;

/// <summary>Every registration, in the order of the path.</summary>
internal static class WebServices
{
    private const string DatabaseName = "cybertemp";
    private const string ReplicaName = "cybertemp-read";

    public static void AddWeb(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<WebOptions>().BindConfiguration(WebOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<WebOptions>, WebOptionsValidator>();
        services.AddSingleton(TimeProvider.System);
        builder.WebHost.ConfigureKestrel(static kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = JsonBody.MaxBytes;
        });
        services.AddSingleton<WebMetrics>();
        builder.AddDatabase();
        builder.AddAccess();
        services.AddApiDocument();
        builder.AddMessages();
        builder.AddRedis();
        builder.AddDomains();
        builder.AddInboxes();
        services.AddPage();
        builder.AddLive();
        services.AddDialects();
        services.AddWebhooks();
    }

    private static void AddDatabase(this WebApplicationBuilder builder)
    {
        if (builder.Configuration.GetConnectionString(DatabaseName) is not { Length: > 0 } database)
        {
            throw new ConfigurationException(
                "no database is configured: set DATABASE_URL=postgresql://user:password@host/database or "
                    + "ConnectionStrings__cybertemp.");
        }

        var options = builder.Configuration.GetSection(WebOptions.Section).Get<WebOptions>() ?? new();
        var fence = new TimelineFence(
            builder.Configuration.GetValue(TimelineFence.ModeKey, TimelineFenceMode.Auto));
        var pooler = new PoolerWatch();
        builder.Services.AddSingleton(pooler);
        builder.Services.AddSingleton<PreparedReads>();
        builder.AddNpgsqlDataSource(
            DatabaseName,
            static settings => settings.DisableHealthChecks = true,
            source => MailConnection.Configure(source, options, pooler, fence));
        var hasReplica = builder.Configuration.GetConnectionString(ReplicaName) is { Length: > 0 };
        if (hasReplica)
        {
            builder.AddKeyedNpgsqlDataSource(
                ReplicaName,
                static settings => settings.DisableHealthChecks = true,
                source => MailConnection.Configure(source, options, pooler));
        }

        builder.Services.AddSingleton(services =>
        {
            var main = services.GetRequiredService<NpgsqlDataSource>();
            fence.OnPromotion(main.Clear);
            return new MailDatabase(
                main, hasReplica ? services.GetRequiredKeyedService<NpgsqlDataSource>(ReplicaName) : main);
        });
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<PrimaryWatch>(
            services, DatabaseServers.Of(database), fence));
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealthCheck>("database");
    }

    private static void AddMessages(this WebApplicationBuilder builder)
    {
        // The receiver's own key: one .env file serves both.
        var retention = builder.Configuration.GetValue(Retention.AgeKey, Retention.DefaultAge);
        builder.Services.AddSingleton(new MailExpiry(retention));
        builder.Services.AddMime();
        builder.Services.AddSingleton<MessageDigests>();
        builder.Services.AddSingleton<AllMessages>();
        builder.Services.AddSingleton<MessageReads>();
        builder.Services.AddSingleton<MessageBodies>();
        builder.Services.AddSingleton<MessageHeads>();
        builder.Services.AddSingleton<MessageWrites>();
        builder.Services.AddSingleton<AttachmentReads>();
        builder.Services.AddSingleton<AttachmentDownloads>();
        builder.Services.AddSingleton<MessageHtml>();
    }

    private static bool HasRedis(this WebApplicationBuilder builder) =>
        builder.Configuration.GetConnectionString(MirrorContract.ConnectionName) is { Length: > 0 };

    private static void AddRedis(this WebApplicationBuilder builder)
    {
        if (builder.HasRedis())
        {
            builder.AddRedisClient(
                MirrorContract.ConnectionName, static settings => settings.DisableHealthChecks = true);
            builder.Services.AddSingleton(
                static s => new MirrorConnection(s.GetRequiredService<IConnectionMultiplexer>));
            builder.Services.AddHostedService<AnnouncementListener>();
            builder.Services.AddSingleton<RefusalRing>();
        }
    }

    private static void AddLive(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<RecentMessages>();
        services.AddSingleton<NewMailSignal>();
        services.AddSingleton<LivePending>();
        services.AddSingleton<LiveFeeds>();
        services.AddSingleton<MessageWaits>();
        services.AddSingleton<EventStream>();
        services.AddHostedService<LiveReader>();
        services.AddHostedService<LiveLook>();
        services.AddHostedService<LiveComments>();
    }

    private static void AddDomains(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<DomainCatalog>();
        if (builder.HasRedis())
        {
            services.AddSingleton<MirrorReader>();
            services.AddSingleton<IDomainSource>(static s =>
                new MirrorDomains(s.GetRequiredService<MirrorReader>(), Offered(s)));
        }
        else if (builder.Configuration.GetValue("Filters:Domains:Source", FilterSourceKind.Postgres)
            is FilterSourceKind.Open)
        {
            services.AddSingleton<IDomainSource>(static s => new OpenDomains(Offered(s)));
        }
        else
        {
            services.AddSingleton<IDomainSource, TableDomains>();
        }
    }

    private static void AddInboxes(this WebApplicationBuilder builder)
    {
        // The receiver's own key: one .env file serves both.
        builder.Services.AddSingleton(new ReservedLocalParts(
            builder.Configuration[ReservedLocalParts.Key] ?? ReservedLocalParts.Default));
        builder.Services.AddSingleton(static s => new InboxLeases(s.GetRequiredService<MailDatabase>().Main));
        builder.Services.AddSingleton<Leasing>();
    }

    private static IReadOnlyList<Mail.Addresses.DomainPattern> Offered(IServiceProvider services) =>
        OfferedDomainsAttribute.Parse(services.GetRequiredService<IOptions<WebOptions>>().Value.Domains);
}
