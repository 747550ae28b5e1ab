using System.Net;
using System.Text.Json.Nodes;
using Cybertemp.Mail.Failover;
using Cybertemp.Mail.Schema;
using Cybertemp.SmtpReceiver.Commit;
using Cybertemp.SmtpReceiver.Storage.Maintenance;
using Cybertemp.Tests.Cli;
using Cybertemp.Tests.Commit;
using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Support;
using Cybertemp.Tests.Web;
using Cybertemp.Web.Access.SignIn;
using Cybertemp.Web.Database;
using Cybertemp.Web.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Cybertemp.Tests.Mail.Schema;

public sealed class RolesTests(Servers servers)
{
    [Fact]
    public async Task Each_role_can_do_its_work_and_no_more()
    {
        var owner = await servers.Postgres.CreateDatabaseAsync();
        await MigrateAsync(owner);
        await ApplyAsync(owner);
        await ApplyAsync(owner);

        await using var storage = await StorageHost.StartAsync(owner + ";Username=roles_receiver");
        await using var admin = NpgsqlDataSource.Create(owner);
        var today = $"emails_{TimeProvider.System.GetUtcNow():yyyyMMdd}";
        await admin.ExecuteAsync($"drop table {today}");
        await admin.ExecuteAsync("insert into private_email (email) values ('private@t')");

        Assert.Equal(WriteOutcome.Committed, await storage.WriteAsync(Messages.To("a@t", "private@t")));
        Assert.Equal(WriteOutcome.Committed, await storage.WriteAsync(Messages.Of([new("b@t", false)], text: "\0")));
        await storage.Get<LastReceivedFlusher>().FlushAsync(CancellationToken.None);
        Assert.Equal(1L, await admin.ScalarAsync<long>("select count(*) from quarantine"));
        Assert.False(storage.Get<TimelineFence>().IsBlind);
        await AssertDeniedAsync(storage.DataSource, "select raw from emails");
        await AssertDeniedAsync(storage.DataSource, "delete from emails");
        await AssertDeniedAsync(storage.DataSource, $"drop table {today}");
        Assert.True(await new RowExpiry(storage.DataSource, TimeSpan.Zero, TimeSpan.Zero).RunAsync(
            CancellationToken.None)); // It leaves inboxes that have ended to the migrator.

        await AssertReadersAsync(owner);
        await using var migrator = await StorageHost.StartWithoutRetentionAsync(owner + ";Username=roles_migrator");
        Assert.True(await migrator.Get<Retention>().RunAsync(force: true, CancellationToken.None)
            && await migrator.Get<RowExpiry>().RunAsync(CancellationToken.None));
    }

    private static async Task AssertAccountsAsync(NpgsqlDataSource api)
    {
        var accounts = new Accounts(new MailDatabase(api, api), TimeSpan.FromDays(7));
        Assert.NotNull(await accounts.CreateAsync("account@t", "hash", CancellationToken.None));
        await accounts.CloseAsync("account@t", CancellationToken.None);
        await AssertDeniedAsync(api, "delete from private_email");
        await AssertDeniedAsync(api, "update emails set subject = ''");
    }

    [Fact]
    public async Task The_operator_and_the_migrator_run_their_commands_and_no_others()
    {
        var owner = await servers.Postgres.CreateDatabaseAsync();
        await MigrateAsync(owner);
        await ApplyAsync(owner);

        await using var storage = await StorageHost.StartAsync(owner + ";Username=roles_receiver");
        Assert.Equal(WriteOutcome.Committed, await storage.WriteAsync(Messages.To("a@t")));
        string[] operators =
        [
            "domains add t.example", "domains remove t.example", "domains list", "bans add domain t.example",
            "bans remove domain t.example", "bans list",
            "blocked add a@t", "blocked list", "blocked remove a@t", "prefixes add t.example x", "prefixes list",
            "prefixes remove t.example x",
            "private add a@t", "private list", "private remove a@t", "inbox hold a@t", "inbox release a@t",
            "inbox export a@t", "inbox purge a@t", "webhooks add https://hooks.example/ t", "webhooks list",
        ];
        foreach (var command in operators)
        {
            var run = await CliProcess.RunAsync(
                [.. command.Split(' '), "--database", owner + ";Username=roles_operator"]);
            Assert.True(run.ExitCode == 0, $"{command}: {run.Error}");
        }

        // The receiver's role stores what webhooks are to be told, and knows none of them.
        Assert.Equal(WriteOutcome.Committed, await storage.WriteAsync(Messages.To("b@t")));
        await using var admin = NpgsqlDataSource.Create(owner);
        Assert.Equal(1L, await admin.ScalarAsync<long>("select count(*) from webhook_outbox"));
        await AssertDeniedAsync(storage.DataSource, "select * from webhooks");
        var denied = await CliProcess.RunAsync(
            "retention", "--force", "--database", owner + ";Username=roles_operator");
        Assert.Equal(1, denied.ExitCode);
        Assert.Contains("deploy/sql/roles.sql", denied.Error, StringComparison.Ordinal);
        foreach (var command in (string[])["migrate", "retention"])
        {
            var run = await CliProcess.RunAsync(command, "--database", owner + ";Username=roles_migrator");
            Assert.True(run.ExitCode == 0, $"{command}: {run.Error}");
        }
    }

    [Fact]
    public async Task The_web_service_shows_marks_and_deletes_with_the_role_of_the_api()
    {
        var owner = await servers.Postgres.CreateDatabaseAsync();
        await using var mail = await Mailroom.OpenAsync(owner);
        await ApplyAsync(owner);
        await mail.ScalarAsync("insert into domains (domain) values ('t.example')");
        await using var web = await WebHost.StartAsync(owner + ";Username=roles_api");
        await mail.DeliverAsync("box@t.example", "first");
        await mail.DeliverAsync("box@t.example", "second");
        await mail.ScalarAsync("insert into inbox_hold (address) values ('box@t.example')");
        var message = $"/v1/messages/{await mail.NewestIdAsync("box@t.example")}";

        foreach (var path in (string[])["/v1/domains", "/v1/inboxes/box@t.example/messages", message])
        {
            await web.Client.GetJsonAsync(path);
        }

        await LeaseAndEndAsync(web);
        await web.Services.GetRequiredService<WebhookUpkeep>().RunAsync(CancellationToken.None);
        using var raw = await web.Client.GetAsync($"{message}/raw");
        using var marked = await web.Client.SendAsync(HttpMethod.Patch, message, """{"read":true}""");
        using var deleted = await web.Client.SendAsync(HttpMethod.Delete, message);
        using var emptied = await web.Client.SendAsync(HttpMethod.Delete, "/v1/inboxes/box@t.example/messages");
        Assert.All([raw, marked, deleted, emptied], static r => Assert.True(r.IsSuccessStatusCode));
        Assert.Equal(2L, await mail.ScalarAsync("select count(*) from held_emails"));
        await using var api = NpgsqlDataSource.Create(owner + ";Username=roles_api");
        await AssertDeniedAsync(api, "select raw from held_emails");
        foreach (var denied in (string[])[
            "delete from held_emails", "update inbox_lease set token_hash = null", "delete from inbox_lease"])
        {
            await AssertDeniedAsync(api, denied);
        }
    }

    /// <summary>Sync and the web service.</summary>
    private static async Task AssertReadersAsync(string owner)
    {
        await using var sync = NpgsqlDataSource.Create(owner + ";Username=roles_sync");
        await sync.ExecuteAsync("select * from domains, bans");
        await AssertDeniedAsync(sync, "select * from emails");

        await using var api = NpgsqlDataSource.Create(owner + ";Username=roles_api");
        await api.ExecuteAsync("select * from emails_api");
        await api.ExecuteAsync("update emails set read = true");
        await AssertAccountsAsync(api);
        await AssertDeniedAsync(api, "update emails set subject = ''");
    }

    private static async Task LeaseAndEndAsync(WebHost web)
    {
        using var leased = await web.Client.SendAsync(
            HttpMethod.Post, "/v1/inboxes", """{"domain":"t.example","ttl":60,"claim":true}""");
        Assert.Equal(HttpStatusCode.Created, leased.StatusCode);
        var lease = JsonNode.Parse(await leased.Content.ReadAsStringAsync())!;
        using var ended = await web.Client.SendAsync(
            HttpMethod.Delete, $"/v1/inboxes/{lease["address"]}", bearer: $"{lease["token"]}");
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
    }

    private static async Task AssertDeniedAsync(NpgsqlDataSource source, string sql)
    {
        var denial = await Assert.ThrowsAsync<PostgresException>(() => source.ExecuteAsync(sql));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, denial.SqlState);
    }

    /// <summary>A service that runs would change tables meanwhile, and one of the two would give way.</summary>
    private static async Task MigrateAsync(string connectionString)
    {
        await using var storage = await StorageHost.StartAsync(connectionString);
    }

    private static Task ApplyAsync(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        return ChildProcess.RunAsync(
            null, "psql", "-X", "-q", "-v", "receiver=roles_receiver", "-v", "sync=roles_sync", "-v", "api=roles_api",
            "-v", "operator=roles_operator", "-v", "migrator=roles_migrator",
            "-h", settings.Host!, "-p", $"{settings.Port}", "-U", settings.Username!, "-d", settings.Database!, "-f",
            Path.Combine(Repository.Root, "deploy", "sql", "roles.sql"));
    }
}
