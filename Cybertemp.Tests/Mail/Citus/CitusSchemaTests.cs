using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Support;
using Npgsql;

namespace Cybertemp.Tests.Mail.Citus;

/// <summary>The schema after <c>deploy/sql/citus.sql</c>, by the rules that Citus has for tables.</summary>
public sealed class CitusSchemaTests(Servers servers) : IClassFixture<Servers>
{
    /// <summary>On the coordinator only: none of them is read or written in a statement about mail.</summary>
    private static readonly string[] Local =
    [
        "bans", "blocked_addresses", "cybertemp_schema", "domain_prefixes", "domains", "quarantine", "webhook_log",
        "webhook_outbox", "webhooks",
    ];

    [Fact]
    public async Task Every_table_has_its_place_and_every_key_says_which_node()
    {
        await using var database = NpgsqlDataSource.Create(await CitusDatabase.CreateAsync(servers.Postgres));

        Assert.Equal(
            [
                "emails by inbox with inbox", "held_emails by inbox with inbox", "inbox by address",
                "inbox_hold everywhere", "inbox_lease by address with inbox", "private_email everywhere",
                "private_emails by inbox with inbox",
            ],
            await database.ColumnAsync("""
                select relation || case kind when 'reference' then ' everywhere' else ' by ' || distribution_column end
                    || coalesce(' with ' || colocated_with, '')
                from citus_tables order by relation
                """));
        Assert.Equal(
            string.Join(' ', Local),
            await database.ScalarAsync<string>("""
                select string_agg(relname, ' ' order by relname collate "C") from pg_class
                where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
                    and relname <> 'citus_tables' and relname not in (select relation from citus_tables)
                """));
    }

    [Fact]
    public async Task A_day_that_is_made_later_has_the_key_too()
    {
        await using var database = NpgsqlDataSource.Create(await CitusDatabase.CreateAsync(servers.Postgres));

        await database.ExecuteAsync("select emails_add_day('2040-01-01')");

        Assert.Equal(
            "CREATE UNIQUE INDEX emails_20400101_pkey ON public.emails_20400101 USING btree (id, received_at, inbox)",
            await database.ScalarAsync<string>("select pg_get_indexdef('emails_20400101_pkey'::regclass)"));
    }

    [Fact]
    public async Task Webhooks_are_refused_with_the_reason()
    {
        await using var database = NpgsqlDataSource.Create(await CitusDatabase.CreateAsync(servers.Postgres));

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => database.ExecuteAsync(
            "insert into webhooks (url, secret, scope) values ('https://hooks.example/', 's', '*')"));

        Assert.Equal("webhooks_are_not_told_with_citus", refusal.ConstraintName);
    }

    [Theory]
    [InlineData("create unique index on emails (message_uid, received_at)", "unique indexes on non-partition columns")]
    [InlineData("alter table inbox add column uid uuid unique", "unique indexes on non-partition columns")]
    [InlineData("alter table held_emails add column cause uuid references quarantine", "cannot create foreign key")]
    [InlineData(
        "create trigger t after insert on inbox execute function cybertemp_notify_filters()", "it has triggers")]
    [InlineData(
        "create trigger t after insert on inbox_hold execute function cybertemp_notify_filters()",
        "triggers are not supported on reference tables")]
    [InlineData(
        "alter table inbox_lease alter address type text collate \"default\"", "cannot colocate tables inbox and")]
    public async Task What_Citus_refuses_fails_the_file(string change, string refusal)
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => CitusDatabase.CreateAsync(servers.Postgres, change));

        Assert.Contains(refusal, failure.Message, StringComparison.Ordinal);
    }
}
