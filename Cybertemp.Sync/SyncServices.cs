using Cybertemp.Mail.Filters;
using Cybertemp.Mail.Filters.Mirror;
using Cybertemp.Mail.Filters.Recipients;
using Cybertemp.ServiceDefaults.Configuration;
using Cybertemp.Sync.Publishing;
using Cybertemp.Sync.Sources;
using Cybertemp.Sync.Sources.Postgres;
using Cybertemp.Sync.Sources.Supabase;
using Microsoft.Extensions.Options;
using Npgsql;
using StackExchange.Redis;

namespace Cybertemp.Sync;

/// <summary>Every registration, in the order of the path: source, rules, mirror.</summary>
internal static class SyncServices
{
    private const string DatabaseName = "cybertemp";

    public static void AddSync(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<FiltersOptions>().BindConfiguration(FiltersOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<FiltersOptions>, FiltersOptionsValidator>();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<SyncMetrics>();
        services.AddSingleton<ReloadSignal>();
        builder.AddSources();
        services.AddSingleton<RuleLoader>();
        builder.AddMirror();
    }

    private static void AddSources(this IHostApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(FiltersOptions.Section).Get<FiltersOptions>() ?? new();
        builder.AddList<DomainRow, PostgresDomains, SupabaseDomains>(options.Domains.Source);
        builder.AddList<BanRow, PostgresBans, SupabaseBans>(options.Bans.Source);
        builder.AddList<BlockedRow, PostgresBlocked, SupabaseBlocked>(options.RecipientSource);
        builder.AddList<PrefixRow, PostgresPrefixes, SupabasePrefixes>(options.RecipientSource);
        FilterSourceKind[] used = [options.Domains.Source, options.Bans.Source];
        if (used.Contains(FilterSourceKind.Postgres))
        {
            builder.AddPostgres();
        }

        if (used.Contains(FilterSourceKind.Supabase))
        {
            builder.AddSupabase();
        }
    }

    private static void AddList<TRow, TPostgres, TSupabase>(
        this IHostApplicationBuilder builder, FilterSourceKind kind)
        where TPostgres : class, IRowSource<TRow>
        where TSupabase : class, IRowSource<TRow>
    {
        switch (kind)
        {
            case FilterSourceKind.Postgres:
                builder.Services.AddSingleton<IRowSource<TRow>, TPostgres>();
                break;
            case FilterSourceKind.Supabase:
                builder.Services.AddSingleton<IRowSource<TRow>, TSupabase>();
                break;
            case FilterSourceKind.Open:
                break;
        }
    }

    private static void AddPostgres(this IHostApplicationBuilder builder)
    {
        builder.Require(
            DatabaseName,
            "no database is configured: set DATABASE_URL=postgresql://user:password@host/database or "
                + "ConnectionStrings__cybertemp, "
            + "or take both lists from elsewhere with Filters__Domains__Source and Filters__Bans__Source.");

        // MirrorStatus tells whether the tables can be read, which is more than that the server answers.
        builder.AddNpgsqlDataSource(DatabaseName, static settings => settings.DisableHealthChecks = true);

        // LISTEN needs a session of its own, which a transaction pooler does not give.
        builder.Services.AddKeyedSingleton(PostgresListener.DataSourceName, static (services, _) =>
            services.GetRequiredService<IConfiguration>()
                .GetConnectionString(PostgresListener.DataSourceName) is { Length: > 0 } direct
                ? NpgsqlDataSource.Create(direct)
                : services.GetRequiredService<NpgsqlDataSource>());
        builder.Services.AddHostedService<PostgresListener>();
    }

    private static void AddSupabase(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<SupabaseProjectOptions>()
            .BindConfiguration(SupabaseProjectOptions.Section).ValidateOnStart()
            .Validate(
                static o => !string.IsNullOrEmpty(o.Url),
                "SUPABASE_URL (or Supabase:Url) is not set: a list of the filters comes from Supabase.")
            .Validate(
                static o => !string.IsNullOrEmpty(o.ServiceRoleKey),
                "SUPABASE_SERVICE_ROLE_KEY (or Supabase:ServiceRoleKey) is not set.");
        builder.Services.AddSingleton<IValidateOptions<SupabaseProjectOptions>, SupabaseProjectOptionsValidator>();
        builder.Services.AddSingleton<SupabaseProject>();
        builder.Services.AddHostedService<SupabaseListener>();
    }

    private static void AddMirror(this IHostApplicationBuilder builder)
    {
        builder.Require(
            MirrorContract.ConnectionName, "no Redis is configured: set ConnectionStrings__redis=host:port.");
        builder.AddRedisClient(
            MirrorContract.ConnectionName,
            static settings => settings.DisableHealthChecks = true); // MirrorStatus tells more.
        builder.Services.AddSingleton(
            static services => new MirrorConnection(services.GetRequiredService<IConnectionMultiplexer>));
        builder.Services.AddSingleton<MirrorReader>();
        builder.Services.AddSingleton<MirrorWriter>();
        builder.Services.AddSingleton<MirrorLease>();
        builder.Services.AddSingleton<MirrorStatus>();
        builder.Services.AddHealthChecks().AddCheck<MirrorStatus>("mirror");
        builder.Services.AddHostedService<LeaseKeeper>();
        builder.Services.AddHostedService<MirrorService>();
    }

    private static void Require(this IHostApplicationBuilder builder, string connectionName, string otherwise)
    {
        if (string.IsNullOrEmpty(builder.Configuration.GetConnectionString(connectionName)))
        {
            throw new ConfigurationException(otherwise);
        }
    }
}
