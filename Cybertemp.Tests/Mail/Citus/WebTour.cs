using System.Text.Json.Nodes;
using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Web;
using Cybertemp.Tests.Web.Live;
using Npgsql;

namespace Cybertemp.Tests.Mail.Citus;

/// <summary>All that the web asks PostgreSQL about mail, as each kind of reader, done once.</summary>
internal sealed class WebTour(Mailroom mail, WebHost web, NpgsqlDataSource admin)
{
    public const string Key = "citus-operator-key";

    private const string Box = "/v1/inboxes/box@t.example";

    public static async Task RunAsync(string connectionString, NpgsqlDataSource admin)
    {
        await admin.ExecuteAsync("insert into domains (domain) values ('t.example')");
        await using var mail = await Mailroom.OpenAsync(connectionString);
        await using var web = await WebHost.StartAsync(
            connectionString, $"Web:OperatorKey={Key}", "Web:MailTm=true", "Web:Mailpit=true");
        var tour = new WebTour(mail, web, admin);
        await tour.ListenAsync();
        await tour.ReadAsync();
        await tour.OperateAsync();
        await tour.OwnAsync();
    }

    /// <summary>Nothing announces the mail, so that it is looked for.</summary>
    private async Task ListenAsync()
    {
        await using var one = await EventReader.OpenAsync(web.Client, $"{Box}/events");
        await using var all = await EventReader.OpenAsync(web.Client, "/v1/events", bearer: Key);
        await mail.DeliverAsync("box@t.example", "first");
        Assert.Equal("first", await one.NextSubjectAsync());
        Assert.Equal("first", await all.NextSubjectAsync());
    }

    private async Task ReadAsync()
    {
        await mail.DeliverAsync("box@t.example", "second", "Your verification code is 482913");
        var message = $"/v1/messages/{await IdAsync("box@t.example", "emails")}";
        var cursor = message.Split('/')[^1];
        string[] paths =
        [
            "/health", "/v1/domains", $"{Box}/messages", $"{Box}/messages?after={cursor}&from=shop",
            $"{Box}/messages?before={cursor}&subject=s", $"{Box}/code", $"{Box}/feed", message, $"{message}/text",
            $"{message}/html", $"{message}/raw", $"{message}/attachments/0", "/v1/inboxes/nobody@t.example/messages",
        ];
        foreach (var bearer in (string?[])[null, Key])
        {
            foreach (var path in paths)
            {
                await AskAsync(HttpMethod.Get, path, bearer);
            }

            await AskAsync(HttpMethod.Patch, message, bearer, """{"read":true}""");
        }

        await AskAsync(HttpMethod.Delete, message, bearer: null);
        await AskAsync(HttpMethod.Delete, $"{Box}/messages", bearer: null);
    }

    private async Task OperateAsync()
    {
        await mail.DeliverAsync("box@t.example", "third");
        foreach (var path in (string[])[
            "/v1/messages", "/v1/search?q=third", "/api/v1/messages", "/api/v1/search?query=third"])
        {
            await AskAsync(HttpMethod.Get, path, Key);
        }

        await AskAsync(HttpMethod.Put, "/api/v1/messages", Key, """{"IDs":[],"Read":true}""");
        await AskAsync(HttpMethod.Delete, "/api/v1/messages", Key, """{"IDs":[]}""");
    }

    /// <summary>As the owner of a private address, the holder of a claimed one, and a client of mail.tm.</summary>
    private async Task OwnAsync()
    {
        await mail.MakePrivateAsync("owner@t.example", "a password");
        var owner = await AskAsync(
            HttpMethod.Post, "/v1/sessions", bearer: null, """{"address":"owner@t.example","password":"a password"}""");
        var holder = await AskAsync(
            HttpMethod.Post, "/v1/inboxes", bearer: null, """{"address":"mine@t.example","claim":true}""");
        await AskAsync(
            HttpMethod.Post, "/accounts", bearer: null, """{"address":"new@t.example","password":"a password"}""");
        var account = await AskAsync(
            HttpMethod.Post, "/token", bearer: null, """{"address":"new@t.example","password":"a password"}""");
        var me = await AskAsync(HttpMethod.Get, "/me", $"{account!["token"]}");
        await AskAsync(HttpMethod.Delete, $"/accounts/{me!["id"]}", $"{account["token"]}");
        await OwnAsync("owner@t.example", "private_emails", $"{owner!["token"]}");
        await OwnAsync("mine@t.example", "emails", $"{holder!["token"]}");
        await AskAsync(HttpMethod.Patch, "/v1/inboxes/mine@t.example", $"{holder["token"]}", """{"ttl":3600}""");
        await AskAsync(HttpMethod.Delete, "/v1/inboxes/mine@t.example", $"{holder["token"]}");
    }

    private async Task OwnAsync(string address, string table, string token)
    {
        await mail.DeliverAsync(address, "mine");
        var message = $"/v1/messages/{await IdAsync(address, table)}";
        await AskAsync(HttpMethod.Get, $"/v1/inboxes/{address}/messages", token);
        await AskAsync(HttpMethod.Get, message, token);
        await AskAsync(HttpMethod.Patch, message, token, """{"read":true}""");
        await AskAsync(HttpMethod.Delete, message, token);
        await AskAsync(HttpMethod.Delete, $"/v1/inboxes/{address}/messages", token);
    }

    private Task<Guid> IdAsync(string inbox, string table) => admin.ScalarAsync<Guid>(
        $"select id from {table} where inbox = '{inbox}' order by received_at desc, id limit 1");

    private async Task<JsonNode?> AskAsync(HttpMethod method, string path, string? bearer, string? body = null)
    {
        using var answer = await web.Client.SendAsync(method, path, body, bearer);
        var text = await answer.Content.ReadAsStringAsync();
        // An attachment that is not there is looked for all the same.
        Assert.True(
            answer.IsSuccessStatusCode || path.EndsWith("attachments/0", StringComparison.Ordinal),
            $"{method} {path}: {(int)answer.StatusCode} {text}");
        return text.StartsWith('{') ? JsonNode.Parse(text) : null;
    }
}
