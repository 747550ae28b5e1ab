using System.Data.Common;
using Cybertemp.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Cybertemp.Tests.Bundled.AspireNpgsql;

[Collection(Servers.Name)]
public sealed class NpgsqlDataSourceTests(Servers servers)
{
    [Fact]
    public async Task Opens_connections_to_the_named_connection_string_and_reports_healthy()
    {
        using var host = Build(new(StringComparer.Ordinal) { ["ConnectionStrings:mail"] = await servers.Postgres.CreateDatabaseAsync() });
        var dataSource = host.Services.GetRequiredService<NpgsqlDataSource>();
        await using var command = dataSource.CreateCommand("select 42");

        Assert.Equal(42, await command.ExecuteScalarAsync());
        Assert.Same(dataSource, host.Services.GetRequiredService<DbDataSource>());
        await using var connection = host.Services.GetRequiredService<NpgsqlConnection>();
        await connection.OpenAsync();
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
    }

    [Fact]
    public void The_named_connection_string_wins_over_the_sections_and_code_wins_over_all()
    {
        Dictionary<string, string?> sections = new(StringComparer.Ordinal)
        {
            ["Aspire:Npgsql:ConnectionString"] = "Host=general",
            ["Aspire:Npgsql:mail:ConnectionString"] = "Host=named",
        };
        Assert.Equal("named", HostOf(Build(sections)));
        sections["ConnectionStrings:mail"] = "Host=own";
        Assert.Equal("own", HostOf(Build(sections)));
        using var host = Build(sections, b => b.AddNpgsqlDataSource("mail", s => s.ConnectionString = "Host=code"));
        Assert.Equal("code", HostOf(host));
    }

    [Fact]
    public void The_data_source_builder_is_the_callers_to_configure()
    {
        using var host = Build(new(StringComparer.Ordinal), b => b.AddNpgsqlDataSource(
            "mail", s => s.ConnectionString = "Host=x", static d => d.ConnectionStringBuilder.MaxPoolSize = 7));
        Assert.Equal(7, new NpgsqlConnectionStringBuilder(host.Services.GetRequiredService<NpgsqlDataSource>().ConnectionString).MaxPoolSize);
    }

    [Fact]
    public void A_missing_connection_string_is_named_when_the_data_source_is_asked_for()
    {
        using var host = Build(new(StringComparer.Ordinal));
        var ex = Assert.Throws<InvalidOperationException>(host.Services.GetRequiredService<NpgsqlDataSource>);
        Assert.Contains("'ConnectionStrings:mail'", ex.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_away_is_unhealthy_under_the_published_name()
    {
        using var host = Build(new(StringComparer.Ordinal) { ["ConnectionStrings:mail"] = $"Host=127.0.0.1;Port={ChildProcess.FreePort()};Timeout=2" });
        var entry = Assert.Single((await CheckAsync(host)).Entries);
        Assert.Equal("PostgreSql", entry.Key);
        Assert.Equal(HealthStatus.Unhealthy, entry.Value.Status);
        Assert.NotNull(entry.Value.Exception);
    }

    [Fact]
    public async Task The_health_check_can_be_left_out()
    {
        using var host = Build(new(StringComparer.Ordinal) { ["ConnectionStrings:mail"] = "Host=x", ["Aspire:Npgsql:DisableHealthChecks"] = "true" });
        Assert.Empty((await CheckAsync(host)).Entries);
    }

    private static string? HostOf(IHost host) =>
        new NpgsqlConnectionStringBuilder(host.Services.GetRequiredService<NpgsqlDataSource>().ConnectionString).Host;

    private static Task<HealthReport> CheckAsync(IHost host) => host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

    private static IHost Build(Dictionary<string, string?> configuration, Action<HostApplicationBuilder>? add = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(configuration);
        builder.Services.AddHealthChecks();
        (add ?? (static b => b.AddNpgsqlDataSource("mail")))(builder);
        return builder.Build();
    }
}
