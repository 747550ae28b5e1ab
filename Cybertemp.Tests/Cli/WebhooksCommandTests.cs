using System.Text.Json;
using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Cli;

public sealed class WebhooksCommandTests(Servers servers)
{
    [Fact]
    public async Task Are_added_listed_tried_again_and_removed()
    {
        await using var storage = await StorageHost.StartAsync(await servers.Postgres.CreateDatabaseAsync());
        var database = storage.DataSource;
        var added = Json(await RunAsync(
            storage, "webhooks", "add", "https://hooks.example/a?b=c", "Box@T.example", "--from", "Shop", "--json"));
        var id = added.GetProperty("id").GetString()!;
        Assert.Equal(
            ("https://hooks.example/a?b=c", "box@t.example", 50),
            (added.GetProperty("url").GetString(), added.GetProperty("scope").GetString(),
             added.GetProperty("secret").GetString()!.Length));
        await database.ExecuteAsync(
            $"""
            insert into webhook_outbox (webhook_id, email_id, received_at, dead_at)
                values ('{id}', gen_random_uuid(), now(), now());
            insert into webhook_log (webhook_id, email_id, attempted_at, attempt, outcome, status, milliseconds, error)
                values ('{id}', '019ab000-0000-7000-8000-000000000000', '2026-01-31 12:00Z', 3, 'dead', 500, 12,
                    'status');
            """);
        Assert.Equal(
            $"{id} https://hooks.example/a?b=c box@t.example from 'shop': 0 waiting, 1 given up\n",
            (await RunAsync(storage, "webhooks", "list")).Output);
        Assert.DoesNotContain(
            "whsec_", (await RunAsync(storage, "webhooks", "list", "--json")).Output, StringComparison.Ordinal);
        Assert.Equal(
            "2026-01-31T12:00:00.000Z 019ab000-0000-7000-8000-000000000000 attempt 3 dead 500 status 12 ms\n",
            (await RunAsync(storage, "webhooks", "log", id)).Output);
        Assert.Equal("1 messages are told again\n", (await RunAsync(storage, "webhooks", "retry", id)).Output);
        Assert.Equal((1, "0 messages are told again\n"), Result(await RunAsync(storage, "webhooks", "retry", id)));
        Assert.Equal((0, $"{id} removed\n"), Result(await RunAsync(storage, "webhooks", "remove", id)));
        Assert.Equal((1, $"{id} is not there\n"), Result(await RunAsync(storage, "webhooks", "remove", id)));
        Assert.Equal(0L, await database.ScalarAsync<long>(
            "select (select count(*) from webhook_outbox) + (select count(*) from webhook_log)"));
    }

    [Theory]
    [InlineData("ftp://hooks.example/", "t.example")]
    [InlineData("https://user:secret@hooks.example/", "t.example")]
    [InlineData("hooks.example", "t.example")]
    [InlineData("https://hooks.example/", "no scope")]
    public async Task What_is_no_webhook_is_64_and_not_repeated(string url, string scope)
    {
        var run = await CliProcess.RunAsync("webhooks", "add", url, scope);
        Assert.Equal((64, ""), (run.ExitCode, run.Output));
        Assert.DoesNotContain("secret", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_is_taken_from_the_standard_input()
    {
        await using var storage = await StorageHost.StartAsync(await servers.Postgres.CreateDatabaseAsync());
        var secret = $"whsec_{Convert.ToBase64String(new byte[24])}";
        string[] add =
        [
            "webhooks", "add", "https://hooks.example/", "*", "--secret-stdin", "--database", Database(storage),
        ];
        var none = await CliProcess.RunAsync(Empty, "whsec_short\n", add);
        Assert.Equal((64, ""), (none.ExitCode, none.Output));
        var run = await CliProcess.RunAsync(Empty, secret + "\n", add);
        Assert.Equal((0, true), (run.ExitCode, run.Output.EndsWith($"secret {secret}\n", StringComparison.Ordinal)));
        Assert.Equal(secret, await storage.DataSource.ScalarAsync<string>("select secret from webhooks"));
    }

    private static Dictionary<string, string> Empty => new(StringComparer.Ordinal);

    private static string Database(StorageHost storage) => storage.DataSource.ConnectionString;

    private static Task<CliProcess> RunAsync(StorageHost storage, params string[] arguments) =>
        CliProcess.RunAsync([.. arguments, "--database", Database(storage)]);

    private static (int ExitCode, string Output) Result(CliProcess run) => (run.ExitCode, run.Output);

    private static JsonElement Json(CliProcess run)
    {
        Assert.True(run.ExitCode == 0, run.Error);
        return JsonDocument.Parse(run.Output).RootElement;
    }
}
