using System.Net;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Cybertemp.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Cybertemp.Tests.AppHost;

public sealed class StackTests(RunningAppHost stack) : IClassFixture<RunningAppHost>
{
    [Theory]
    [InlineData("smtp-receiver")]
    [InlineData("sync")]
    [InlineData("web")]
    public async Task A_service_is_healthy_for_a_caller_outside(string service)
    {
        using var http = stack.App.CreateHttpClient(service, "http");
        await Eventually.TrueAsync(async () =>
        {
            using var health = await http.GetAsync(new Uri("/health", UriKind.Relative));
            return health.StatusCode is HttpStatusCode.OK;
        });
    }

    [Fact]
    public async Task The_database_wants_its_password()
    {
        var right = new NpgsqlConnectionStringBuilder(await ConnectionStringAsync()) { Pooling = false };
        Assert.Equal("cybertemp", right.Database);
        await using var connection = new NpgsqlConnection(right.ConnectionString);
        await connection.OpenAsync();

        await using var wrong = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(right.ConnectionString) { Password = "wrong" }.ConnectionString);
        Assert.Equal("28P01", (await Assert.ThrowsAsync<PostgresException>(() => wrong.OpenAsync())).SqlState);
    }

    [Fact]
    public async Task A_mail_is_a_row()
    {
        await using var client = await ConnectAsync();
        await client.BeginAsync("row@cybertemp.localhost");
        Assert.StartsWith("354 ", await client.CommandAsync("DATA"), StringComparison.Ordinal);
        Assert.StartsWith(
            "250 2.0.0 ", await client.CommandAsync("Subject: A row\r\n\r\nbody\r\n."), StringComparison.Ordinal);
        Assert.Equal("A row", await ScalarAsync("select subject from emails where inbox = 'row@cybertemp.localhost'"));
    }

    [Fact]
    public async Task A_row_in_bans_reaches_every_replica_before_any_poll()
    {
        for (var replica = 0; replica < RunningAppHost.Replicas; replica++)
        {
            // The proxy gives each new connection to the next replica.
            await using var client = await ConnectAsync();
            await client.BeginAsync("box@cybertemp.localhost");
            await client.CommandAsync("RSET");

            await ScalarAsync("insert into bans (scope, value) values ('domain', 'banned.example')");
            await UntilReplyAsync(client, "550 5.7.1");
            await ScalarAsync("delete from bans");
            await UntilReplyAsync(client, "250 ");
        }
    }

    [Fact]
    public async Task The_commands_of_the_dashboard_do_what_they_say()
    {
        await RunAsync("sync", "add-domain", ("domain", "added.example"));
        await Eventually.TrueAsync(async () => await TryRunAsync(
            "smtp-receiver", "send-test-mail", ("to", "box@added.example"), ("subject", "From the dashboard")));
        Assert.Equal(
            "From the dashboard", await ScalarAsync("select subject from emails where inbox = 'box@added.example'"));

        await RunAsync("sync", "ban-sender", ("sender", "dashboard@example.org"));
        await Eventually.TrueAsync(async () => !await TryRunAsync(
            "smtp-receiver", "send-test-mail", ("to", "box@added.example"), ("subject", "Refused")));
        await ScalarAsync("delete from bans");
    }

    private static Task UntilReplyAsync(RawSmtpClient client, string expected) => Eventually.TrueAsync(async () =>
    {
        var reply = await client.CommandAsync("MAIL FROM:<someone@banned.example>");
        await client.CommandAsync("RSET");
        return reply.StartsWith(expected, StringComparison.Ordinal);
    });

    private Task<RawSmtpClient> ConnectAsync() =>
        RawSmtpClient.ConnectAsync(stack.App.GetEndpoint("smtp-receiver", "smtp").Port);

    private async Task RunAsync(string resource, string command, params (string Name, string Value)[] arguments) =>
        Assert.True(await TryRunAsync(resource, command, arguments), command);

    private async Task<bool> TryRunAsync(
        string resource, string command, params (string Name, string Value)[] arguments)
    {
        var inputs = arguments.Select(
            static a => new InteractionInput { Name = a.Name, InputType = InputType.Text, Value = a.Value });
        return (await stack.App.ResourceCommands.ExecuteCommandAsync(
            stack.App.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(r =>
                r.Name == resource),
            command,
            new InteractionInputCollection([.. inputs]),
            CancellationToken.None)).Success;
    }

    private async Task<string> ConnectionStringAsync() => (await stack.App.GetConnectionStringAsync("postgres"))!;

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var dataSource = NpgsqlDataSource.Create(await ConnectionStringAsync());
        await using var command = dataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
