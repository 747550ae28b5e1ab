using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Cybertemp.Tests.Support;
using Cybertemp.Tests.Sync;
using Npgsql;

namespace Cybertemp.Tests.AppHost;

/// <summary>Three receivers behind the AppHost's one port, as separate processes.</summary>
public sealed class FleetTests
{
    private const int Replicas = 3;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(180);

    [Fact]
    public async Task A_row_in_bans_reaches_every_replica_before_any_poll()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        await using var app = await StartAsync(timeout.Token);
        await using var dataSource = NpgsqlDataSource.Create((await app.GetConnectionStringAsync("cybertemp", timeout.Token))!);
        var port = app.GetEndpoint("smtp-receiver", "smtp").Port;
        for (var replica = 0; replica < Replicas; replica++)
        {
            // The proxy gives each new connection to the next replica.
            await using var client = await RawSmtpClient.ConnectAsync(port);
            await client.BeginAsync("box@cybertemp.localhost");
            await client.CommandAsync("RSET");

            await ExecuteAsync(dataSource, "insert into bans (scope, value) values ('domain', 'banned.example')");
            await UntilReplyAsync(client, "550 5.7.1");
            await ExecuteAsync(dataSource, "delete from bans");
            await UntilReplyAsync(client, "250 ");
        }
    }

    private static Task UntilReplyAsync(RawSmtpClient client, string expected) => Eventually.TrueAsync(async () =>
    {
        var reply = await client.CommandAsync("MAIL FROM:<someone@banned.example>");
        await client.CommandAsync("RSET");
        return reply.StartsWith(expected, StringComparison.Ordinal);
    });

    private static async Task<DistributedApplication> StartAsync(CancellationToken ct)
    {
        string[] settings = ["Cybertemp:EphemeralData=true", $"Cybertemp:Replicas={Replicas}"];
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Cybertemp_AppHost>(settings, ct);
        foreach (var service in builder.Resources.OfType<ProjectResource>())
        {
            builder.CreateResourceBuilder(service)
                .WithEnvironment("Filters__PollInterval", "1.00:00:00")
                .WithEnvironment("Smtp__MaxRefusals", "100000");
        }

        var app = await builder.BuildAsync(ct);
        await app.StartAsync(ct);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("smtp-receiver", ct);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("sync", ct);
        return app;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource dataSource, string sql)
    {
        await using var command = dataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
