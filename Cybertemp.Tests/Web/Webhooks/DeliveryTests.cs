using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cybertemp.Mail.Webhooks;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Web.Webhooks;

public sealed class DeliveryTests(HookFixture hooks) : IClassFixture<HookFixture>
{
    private readonly HookServer _server = hooks.Hooks;

    [Fact]
    public async Task Tells_of_the_mail_in_its_scope_with_its_filters_and_of_no_other()
    {
        var (domain, path) = hooks.NewName();
        await hooks.AddAsync(path, domain, from: "Shop.Example", subject: "CODE");
        await hooks.AddAsync(path + "/address", $"Box@{domain}");
        await hooks.AddAsync(path + "/below", $"*.{domain}");
        foreach (var inbox in (string[])[$"box@{domain}", $"other@{domain}", $"box@a.b.{domain}", "box@else.example"])
        {
            await hooks.Mail.DeliverAsync(inbox, $"code for {inbox}");
        }

        await hooks.Mail.DeliverAsync($"third@{domain}", "without");
        await UntilAsync(path, 2);
        await UntilAsync(path + "/address", 1);
        await UntilAsync(path + "/below", 1);
        Assert.Equal(
            [$"code for box@{domain}", $"code for other@{domain}"],
            _server.Subjects(path).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal([$"code for box@{domain}"], _server.Subjects(path + "/address"));
        Assert.Equal([$"code for box@a.b.{domain}"], _server.Subjects(path + "/below"));
    }

    [Fact]
    public async Task A_replica_that_has_not_seen_the_mail_yet_loses_nothing()
    {
        var (domain, path) = hooks.NewName();
        await using var late = await Mailroom.OpenAsync(await hooks.CreateDatabaseAsync());
        await using var mail = await Mailroom.OpenAsync(await hooks.CreateDatabaseAsync());
        await using var web = await WebHost.StartAsync(
            mail.ConnectionString,
            [.. HookFixture.Settings, $"ConnectionStrings:cybertemp-read={late.ConnectionString}"]);
        await hooks.AddAsync(path, domain, tables: new WebhookTables(mail.DataSource));
        await mail.DeliverAsync($"box@{domain}", "told");
        await UntilAsync(path, 1);
        Assert.Equal(["told"], _server.Subjects(path));
    }

    [Fact]
    public async Task Signs_id_time_and_body_as_Standard_Webhooks_has_it()
    {
        var (domain, path) = hooks.NewName();
        var (_, secret) = await hooks.AddAsync(path, domain);
        await hooks.Mail.DeliverAsync($"box@{domain}", "signed", "Your verification code is 482913");
        await UntilAsync(path, 1);
        var request = _server.Requests.Single(r => r.Path == path);
        var (id, time) = (request.Headers["webhook-id"], request.Headers["webhook-timestamp"]);
        var key = Convert.FromBase64String(secret.Reveal()["whsec_".Length..]);
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{id}.{time}."), .. request.Body];
        Assert.Equal(
            $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}", request.Headers["webhook-signature"]);
        Assert.InRange(
            TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - long.Parse(time, CultureInfo.InvariantCulture),
            0, 30);
        Assert.Equal("application/json", request.Headers["Content-Type"]);
        Assert.DoesNotContain("traceparent", request.Headers.Keys, StringComparer.OrdinalIgnoreCase);

        var data = request.Json["data"]!;
        Assert.Equal(
            ("message.received", $"box@{domain}", "482913", $"msg_{data["id"]!.GetValue<Guid>():N}"),
            (request.Json["type"]!.GetValue<string>(), data["to"]!.GetValue<string>(), data["code"]!.GetValue<string>(),
             id));
        Assert.Equal(
            data["id"]!.GetValue<Guid>(), await hooks.Mail.NewestIdAsync($"box@{domain}"));
    }

    [Fact]
    public async Task Tries_again_until_it_is_taken_and_logs_each_attempt()
    {
        var (domain, path) = hooks.NewName();
        var (id, _) = await hooks.AddAsync(path, domain);
        _server.Answer(path, 500);
        await hooks.Mail.DeliverAsync($"box@{domain}", "again");
        await UntilAsync(path, 2);
        _server.Answer(path, 204);
        await Eventually.TrueAsync(async () =>
            (await hooks.Tables.ReadLogAsync(id, 10, CancellationToken.None)) is [{ Outcome: "delivered" }, ..]);
        var log = await hooks.Tables.ReadLogAsync(id, 10, CancellationToken.None);
        Assert.Equal([.. Enumerable.Range(1, log.Count).Reverse()], log.Select(static a => a.Attempt));
        Assert.All(log.Skip(1), static a => Assert.Equal(("failed", 500, "status"), (a.Outcome, a.Status, a.Error)));
        Assert.Single(_server.Requests.Where(r => r.Path == path)
            .Select(static r => r.Headers["webhook-id"]).Distinct(StringComparer.Ordinal));
        Assert.Equal(0, (await hooks.Tables.ListAsync(CancellationToken.None)).Single(w => w.Id == id).Waiting);
    }

    [Fact]
    public async Task What_hangs_or_refuses_delays_nobody_else()
    {
        const int Messages = 200;
        var (domain, path) = hooks.NewName();
        var (hanging, refusing) = (path + "/hangs", path + "/refuses");
        await hooks.AddAsync(path, domain);
        await hooks.AddAsync(hanging, domain);
        await hooks.AddAsync(refusing, domain);
        _server.Hang(hanging);
        _server.Answer(refusing, 503);
        await Task.WhenAll(Enumerable.Range(0, Messages).Select(
            i => hooks.Mail.DeliverAsync($"box@{domain}", string.Create(CultureInfo.InvariantCulture, $"{i}"))));
        await UntilAsync(path, Messages);
        Assert.Equal(Messages, _server.Subjects(path).Distinct(StringComparer.Ordinal).Count());

        // Eight at a time, until the first of them has timed out; the others of a batch are left alone then.
        Assert.InRange(_server.Subjects(hanging).Length, 1, 8);
        Assert.InRange(_server.Subjects(refusing).Length, 1, 30);
        await RemoveAllAsync();
    }

    [Fact]
    public async Task What_was_given_up_is_told_when_an_operator_wants_it()
    {
        var (domain, path) = hooks.NewName();
        var (id, _) = await hooks.AddAsync(path, domain);
        _server.Answer(path, 500);
        await hooks.Mail.DeliverAsync($"box@{domain}", "dead");
        await UntilAsync(path, 1);
        await hooks.Mail.ScalarAsync(
            $"update webhook_outbox set created_at = created_at - interval '1 day' where webhook_id = '{id}'");
        await Eventually.TrueAsync(async () =>
            (await hooks.Tables.ReadLogAsync(id, 1, CancellationToken.None)) is [{ Outcome: "dead" }]);
        Assert.Equal((0, 1), await CountsAsync(id));
        _server.Answer(path, 200);
        Assert.Equal(1, await hooks.Tables.RetryAsync(id, CancellationToken.None));
        await Eventually.TrueAsync(async () => await CountsAsync(id) == (0, 0));
        Assert.Equal("delivered", (await hooks.Tables.ReadLogAsync(id, 1, CancellationToken.None))[0].Outcome);
    }

    [Fact]
    public async Task Mail_that_is_deleted_before_is_told_to_nobody()
    {
        var (domain, path) = hooks.NewName();
        var (id, _) = await hooks.AddAsync(path, domain);
        await hooks.Mail.ScalarAsync($"insert into webhook_outbox (webhook_id, email_id, received_at) values ('{id}', "
            + $"'{Guid.CreateVersion7()}', now())");
        await Eventually.TrueAsync(async () =>
            (await hooks.Tables.ReadLogAsync(id, 1, CancellationToken.None)) is [{ Outcome: "gone" }]);
        Assert.Equal((0, 0), await CountsAsync(id));
        Assert.Empty(_server.Subjects(path));
    }

    [Fact]
    public async Task Replicas_share_the_work()
    {
        const int Messages = 300;
        var (domain, path) = hooks.NewName();
        await hooks.AddAsync(path, domain);
        await using var replica = await WebHost.StartAsync(hooks.Mail.ConnectionString, HookFixture.Settings);
        await Task.WhenAll(Enumerable.Range(0, Messages).Select(
            i => hooks.Mail.DeliverAsync($"box@{domain}", string.Create(CultureInfo.InvariantCulture, $"{i}"))));
        await UntilAsync(path, Messages);
        Assert.Equal(Messages, _server.Subjects(path).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Neither_secrets_nor_addresses_are_logged()
    {
        var (domain, path) = hooks.NewName();
        var (id, secret) = await hooks.AddAsync(path + "/a-token-in-the-path", domain);
        _server.Answer(path + "/a-token-in-the-path", 500);
        await hooks.Mail.DeliverAsync($"box@{domain}", "quiet");
        await Eventually.TrueAsync(
            () => hooks.Web.Log.Lines.Any(l => l.Contains($"Webhook {id} fails", StringComparison.Ordinal)));
        Assert.DoesNotContain(
            hooks.Web.Log.Lines,
            l => l.Contains("a-token-in-the-path", StringComparison.Ordinal)
                || l.Contains(secret.Reveal()["whsec_".Length..], StringComparison.Ordinal));
    }

    private Task UntilAsync(string path, int requests) =>
        Eventually.TrueAsync(() => _server.Subjects(path).Length >= requests);

    private async Task<(int Waiting, int Dead)> CountsAsync(Guid id)
    {
        var row = (await hooks.Tables.ListAsync(CancellationToken.None)).Single(w => w.Id == id);
        return (row.Waiting, row.Dead);
    }

    private async Task RemoveAllAsync()
    {
        foreach (var webhook in await hooks.Tables.ListAsync(CancellationToken.None))
        {
            await hooks.Tables.RemoveAsync(webhook.Id, CancellationToken.None);
        }
    }
}
