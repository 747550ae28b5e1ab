using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Support;
using Npgsql;

namespace Cybertemp.Tests.Cli;

public sealed class ImportCommandTests(Servers servers)
{
    /// <summary>An earlier server's tables: other columns, any spelling, and what cannot be used.</summary>
    private const string Earlier = """
        create table domains (id serial, domain text, expires text);
        insert into domains (domain) values ('T.example'), ('*.wild.example'), ('no domain');
        create table bans (scope text, value text, match_type text, status text);
        insert into bans values ('email', 'Spam@Sender.example', null, 'active'), ('domain', 'x', 'contains', 'lifted');
        create table private_email (id serial, email text, password text);
        insert into private_email (email, password) values ('Boss@t.example', 'bcrypt');
        create table private_emails (id serial, "to" text, "from" text, subject text, html text, date timestamp);
        insert into private_emails ("to", "from", subject, html, date)
            values ('boss@t.example', 'a@b.example', 'secret', '<p>x</p>', now() - interval '90 days');
        create table emails (
            id bigserial, "to" text, "from" text, subject text, body text, html text, date timestamptz, seen boolean,
            otp text);
        insert into emails ("to", "from", subject, body, date, seen)
            select 'Box' || n % 7 || '@T.example', '"Shop Ltd" <news@shop.example>', 'mail ' || n, 'hello', now(), n = 1
            from generate_series(1, 450) n;
        insert into emails ("to", subject, date) values
            ('box@t.example', 'old', now() - interval '30 days'), ('nonsense', 'no address', now()),
            ('box@t.example', 'no time', null), ('admin@t.example', 'reserved', now()), ('boss@t.example', 'private', now());
        """;

    [Fact]
    public async Task Copies_what_the_earlier_server_had_and_a_second_run_changes_nothing()
    {
        var earlier = await servers.Postgres.CreateDatabaseAsync();
        await using (var source = NpgsqlDataSource.Create(earlier))
        {
            await source.ExecuteAsync(Earlier);
        }

        await using var storage = await StorageHost.StartAsync(await servers.Postgres.CreateDatabaseAsync());
        var first = await ImportAsync(earlier, storage);
        Assert.Equal("", first.Error);
        Assert.Contains(
            "emails: 452 of 455 copied, 1 older than Storage:Retention, 2 unusable", first.Output,
            StringComparison.Ordinal);
        Assert.Contains("emails: no place for otp", first.Output, StringComparison.Ordinal);
        Assert.Contains("domains: 2 of 3 copied", first.Output, StringComparison.Ordinal);
        var second = await ImportAsync(earlier, storage);
        Assert.Contains("emails: 0 of 455 copied", second.Output, StringComparison.Ordinal);

        var database = storage.DataSource;
        Assert.Equal(
            ["*.wild.example", "t.example"], await database.ColumnAsync("select domain from domains order by 1"));
        Assert.Equal(["spam@sender.example"], await database.ColumnAsync("select value from bans"));
        Assert.Equal(
            ["boss@t.example"],
            await database.ColumnAsync("select email from private_email where password_hash is null"));
        Assert.Equal(450L, await database.ScalarAsync<long>("select count(*) from emails where text = 'hello'"));
        Assert.Equal(
            ["Shop Ltd news@shop.example box1@t.example True"],
            await database.ColumnAsync(
                "select concat_ws(' ', from_name, from_address, inbox, case when read then 'True' end) from emails "
                    + "where subject = 'mail 1'"));
        Assert.Equal(
            ["private", "reserved", "secret"],
            await database.ColumnAsync("select subject from private_emails order by 1"));
        Assert.Equal(7L, await database.ScalarAsync<long>("select count(*) from inbox"));
    }

    [Fact]
    public async Task A_database_with_none_of_the_tables_is_refused()
    {
        await using var storage = await StorageHost.StartAsync(await servers.Postgres.CreateDatabaseAsync());
        Assert.Equal(1, (await ImportAsync(await servers.Postgres.CreateDatabaseAsync(), storage)).ExitCode);
    }

    private static async Task<CliProcess> ImportAsync(string earlier, StorageHost storage)
    {
        var database = await storage.DataSource.ScalarAsync<string>("select current_database()::text");
        return await CliProcess.RunAsync(
            "import", earlier, "--database",
            new NpgsqlConnectionStringBuilder(earlier) { Database = database }.ConnectionString);
    }
}
