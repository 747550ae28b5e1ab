using System.Globalization;
using Cybertemp.Mail.Schema;
using Cybertemp.Mail.Webhooks;
using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Support;
using Cybertemp.Web.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Cybertemp.Tests.Web.Webhooks;

/// <summary>What is written with the mail, and what keeps it within its bounds.</summary>
public sealed class OutboxTests(Servers servers) : IAsyncLifetime
{
    /// <summary>Of both tables, and of the days of one.</summary>
    private const string Enabled = """
        select count(*) from pg_trigger where tgname in ('emails_outbox', 'private_emails_outbox') and tgenabled = 'O'
        """;

    private Mailroom _mail = null!;
    private WebhookTables _tables = null!;

    public async ValueTask InitializeAsync()
    {
        _mail = await Mailroom.OpenAsync(await servers.Postgres.CreateDatabaseAsync());
        _tables = new WebhookTables(_mail.DataSource);
    }

    public async ValueTask DisposeAsync() => await _mail.DisposeAsync();

    [Fact]
    public async Task A_session_without_a_search_path_writes_it_too()
    {
        await _mail.ScalarAsync(
            """
            begin;
            set local search_path = '';
            insert into public.webhooks (url, secret, scope) values ('https://hooks.example', 'x', 'restored.example');
            insert into public.emails (id, message_uid, inbox, received_at, mail_from, from_name, from_address, subject,
                text, html, message_id, raw, size_bytes, attachments, headers, parse_note, client_ip, helo)
            values (gen_random_uuid(), gen_random_uuid(), 'box@restored.example', now(), '', '', '', '', '', '', '', '',
                0, '[]', '[]', '', '127.0.0.1', '');
            commit;
            """);
        Assert.Equal(1L, await _mail.ScalarAsync("select count(*) from webhook_outbox"));
    }

    [Fact]
    public async Task Triggers_on_mail_and_on_each_day_are_enabled_only_while_there_are_webhooks()
    {
        Assert.Equal(0L, await _mail.ScalarAsync(Enabled));
        var (first, second) = (await AddAsync("*"), await AddAsync("t.example"));
        Assert.Equal(10L, await _mail.ScalarAsync(Enabled));
        await AddDayAsync(20);
        Assert.Equal(11L, await _mail.ScalarAsync(Enabled));
        await _tables.RemoveAsync(first, CancellationToken.None);
        Assert.Equal(11L, await _mail.ScalarAsync(Enabled));
        await _tables.RemoveAsync(second, CancellationToken.None);
        await AddDayAsync(21);
        Assert.Equal(0L, await _mail.ScalarAsync(Enabled));
    }

    /// <summary>As a backup and a long report are.</summary>
    [Fact]
    public async Task Neither_adding_nor_removing_waits_for_a_long_reader()
    {
        // Making a day waits for readers, and what comes then waits for that: the days are to be there before.
        await Eventually.TrueAsync(async () => (long)(await _mail.ScalarAsync(
            "select count(*) from pg_inherits where inhparent = 'emails'::regclass"))! >= 8);
        await using var reader = await _mail.DataSource.OpenConnectionAsync();
        await using var read = new NpgsqlCommand("begin; select from emails, private_emails limit 0", reader);
        await read.ExecuteNonQueryAsync();
        await _tables.RemoveAsync(await AddAsync("*"), CancellationToken.None);
        Assert.Equal(0L, await _mail.ScalarAsync(Enabled));
    }

    [Fact]
    public async Task Mail_that_becomes_private_is_not_new()
    {
        await AddAsync("box@t.example");
        await _mail.DeliverAsync("box@t.example", "one");
        Assert.Equal(1L, await _mail.ScalarAsync("select count(*) from webhook_outbox"));
        await _mail.ScalarAsync("delete from webhook_outbox");
        await _mail.MakePrivateAsync("box@t.example", "password");
        Assert.Equal(0L, await _mail.ScalarAsync("select count(*) from webhook_outbox"));
        await _mail.DeliverAsync("box@t.example", "two");
        Assert.Equal(1L, await _mail.ScalarAsync("select count(*) from webhook_outbox"));
    }

    [Theory]
    [InlineData("box@a.b.example", "*,*.b.example,*.example,a.b.example,box@a.b.example")]
    [InlineData("box@example", "*,box@example,example")]
    [InlineData("\"a@b\"@t.example", "\"a@b\"@t.example,*,*.example,t.example")]
    [InlineData("postmaster", "*,postmaster,postmaster")]
    public async Task An_inbox_is_in_these_scopes(string inbox, string expected) => Assert.Equal(
        expected, string.Join(',', (await _mail.DataSource.ScalarAsync<string[]>("select cybertemp_scopes($1)", inbox))
            .Order(StringComparer.Ordinal)));

    [Fact]
    public async Task Too_much_that_waits_keeps_new_mail_out_until_less_does()
    {
        var id = await AddAsync("*");
        await using var web = await StartAsync("Webhooks:MaxWaiting=2");
        for (var i = 0; i < 3; i++)
        {
            await _mail.DeliverAsync("box@t.example", string.Create(CultureInfo.InvariantCulture, $"{i}"));
        }

        await RunAsync(web);
        Assert.True((await RowAsync(id)).IsFull);
        await _mail.DeliverAsync("box@t.example", "left out");
        Assert.Equal(3, (await RowAsync(id)).Waiting);
        await _mail.ScalarAsync("delete from webhook_outbox");
        await RunAsync(web);
        await _mail.DeliverAsync("box@t.example", "told again");
        Assert.Equal((1, false), ((await RowAsync(id)).Waiting, (await RowAsync(id)).IsFull));
    }

    /// <summary>Retention does it, whoever runs it.</summary>
    [Fact]
    public async Task It_is_bounded_while_no_web_service_runs()
    {
        var id = await AddAsync("*");
        var bound = new OutboxBound(_mail.DataSource);
        await _mail.DeliverAsync("box@t.example", "one");
        Assert.Equal(0, await bound.RunAsync(1, CancellationToken.None));
        await _mail.DeliverAsync("box@t.example", "two");
        Assert.Equal(1, await bound.RunAsync(1, CancellationToken.None));
        await _mail.DeliverAsync("box@t.example", "left out");
        Assert.Equal((2, true), ((await RowAsync(id)).Waiting, (await RowAsync(id)).IsFull));
    }

    [Fact]
    public async Task What_cannot_be_tidied_keeps_nothing_else_from_it()
    {
        await _mail.ScalarAsync("alter table webhook_outbox rename dead_at to elsewhere");
        var id = await AddAsync("*");
        await using var web = await StartAsync("Webhooks:MaxLogEntries=1");
        await _mail.ScalarAsync(
            $"""
            insert into webhook_log (webhook_id, email_id, attempt, outcome, milliseconds, error)
                select '{id}', gen_random_uuid(), attempt, 'failed', 1, '' from generate_series(1, 3) as attempt
            """);
        await Assert.ThrowsAsync<PostgresException>(() => RunAsync(web));
        Assert.Equal(1L, await _mail.ScalarAsync("select count(*) from webhook_log"));
    }

    [Fact]
    public async Task What_is_too_old_or_too_much_goes()
    {
        var id = await AddAsync("*");
        await using var web = await StartAsync("Webhooks:MaxLogEntries=2");
        await _mail.ScalarAsync(
            $"""
            insert into webhook_outbox (webhook_id, email_id, received_at, next_attempt_at, created_at, dead_at) values
                ('{id}', gen_random_uuid(), now(), now() - interval '25 hours', now() - interval '25 hours', null),
                ('{id}', gen_random_uuid(), now(), now(), now(), now() - interval '8 days'),
                (gen_random_uuid(), gen_random_uuid(), now(), now(), now(), null);
            insert into webhook_log (webhook_id, email_id, attempted_at, attempt, outcome, milliseconds, error)
                select '{id}', gen_random_uuid(), now() - age * interval '1 day', age, 'failed', 1, ''
                from unnest(array[9, 8, 2, 1, 0]) as age;
            """);
        await RunAsync(web);
        Assert.Equal((0, 1), ((await RowAsync(id)).Waiting, (await RowAsync(id)).Dead));
        Assert.Equal(1L, await _mail.ScalarAsync("select count(*) from webhook_outbox"));
        Assert.Equal(
            [0, 1], (await _tables.ReadLogAsync(id, 100, CancellationToken.None)).Select(static a => a.Attempt));
    }

    private async Task AddDayAsync(int ahead) => await _mail.ScalarAsync(string.Create(
        CultureInfo.InvariantCulture, $"select emails_add_day((now() at time zone 'UTC')::date + {ahead})"));

    private Task<WebHost> StartAsync(params string[] settings) =>
        WebHost.StartAsync(_mail.ConnectionString, [.. settings, "Webhooks:Deliver=false"]);

    private static Task RunAsync(WebHost web) =>
        web.Services.GetRequiredService<WebhookUpkeep>().RunAsync(CancellationToken.None);

    private async Task<Guid> AddAsync(string scope) => (await _tables.AddAsync(
        new Uri("http://127.0.0.1:1/hook"), WebhookSecret.Create(), new WebhookScope(scope), ("", ""),
        CancellationToken.None))!.Value;

    private async Task<WebhookRow> RowAsync(Guid id) =>
        (await _tables.ListAsync(CancellationToken.None)).Single(w => w.Id == id);
}
