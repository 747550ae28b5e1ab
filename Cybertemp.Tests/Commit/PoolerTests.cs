using Cybertemp.Mail.Schema;
using Cybertemp.SmtpReceiver.Commit;
using Cybertemp.SmtpReceiver.Storage.Maintenance;
using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cybertemp.Tests.Commit;

public sealed class PoolerTests(Servers servers)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Everything_works_through_a_transaction_pooler(bool prepareStatements)
    {
        var connectionString = await servers.Postgres.CreateDatabaseAsync();
        await using var bouncer = await PgBouncer.StartAsync(servers.Postgres.Port);
        await bouncer.WaitUntilReadyAsync(connectionString);
        await using var one = await StartAsync(bouncer.Through(connectionString), prepareStatements);
        await using var two = await StartAsync(bouncer.Through(connectionString), prepareStatements);
        await one.DataSource.ExecuteAsync("insert into private_email (email) values ('private@t')");
        await one.DataSource.ScalarAsync<bool>("select emails_add_day((now() at time zone 'UTC')::date - 20)");

        for (var round = 0; round < 20; round++)
        {
            var writes = Enumerable.Range(0, 40)
                .Select(i => (i % 2 == 0 ? one : two).WriteAsync(Messages.To($"{round}.{i}@t", "private@t")));
            Assert.All(await Task.WhenAll(writes), o => Assert.Equal(WriteOutcome.Committed, o));
        }

        Assert.True(await one.Get<Retention>().RunAsync(force: false, CancellationToken.None));
        await one.Get<LastReceivedFlusher>().FlushAsync(CancellationToken.None);
        await using var direct = Npgsql.NpgsqlDataSource.Create(connectionString);
        Assert.Equal(800L, await direct.ScalarAsync<long>("select count(*) from emails"));
        Assert.Equal(800L, await direct.ScalarAsync<long>("select count(distinct message_uid) from private_emails"));
        Assert.Equal(800L, await direct.ScalarAsync<long>("select count(*) from private_emails"));
        Assert.Equal(8L, await direct.ScalarAsync<long>(
            "select count(*) from pg_inherits where inhparent = 'emails'::regclass"));
    }

    [Theory]
    [InlineData("default_pool_size = 1\nserver_reset_query = discard all\nserver_reset_query_always = 1", "26000")]
    [InlineData("default_pool_size = 1", "42P05")]
    public async Task Gives_up_prepared_statements_when_the_pooler_loses_or_mixes_them(string settings, string sqlState)
    {
        var connectionString = await servers.Postgres.CreateDatabaseAsync();
        await using var bouncer = await PgBouncer.StartAsync(servers.Postgres.Port, settings);
        await bouncer.WaitUntilReadyAsync(connectionString);
        var log = new CapturedLog();
        await using var one = await StartAsync(bouncer.Through(connectionString), prepareStatements: true, log);
        await using var two = await StartAsync(bouncer.Through(connectionString), prepareStatements: true, log);

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(WriteOutcome.Committed, await one.WriteAsync(Messages.To("one@t")));
            Assert.Equal(WriteOutcome.Committed, await two.WriteAsync(Messages.To("two@t")));
        }

        Assert.Contains(log.Lines, l => l.StartsWith(
            $"Warning A pooler lost a prepared statement (SQLSTATE {sqlState})", StringComparison.Ordinal));
        Assert.Equal(20L, await one.DataSource.ScalarAsync<long>("select count(distinct message_uid) from emails"));
        Assert.Equal(20L, await one.DataSource.ScalarAsync<long>("select count(*) from emails"));
    }

    private static Task<StorageHost> StartAsync(
        string connectionString, bool prepareStatements, CapturedLog? log = null) => StorageHost.StartAsync(
        connectionString,
        o => (o.PrepareStatements, o.Writers) = (prepareStatements, 2),
        services =>
        {
            services.Remove(services.Single(s => s.ImplementationType == typeof(RetentionService)));
            services.AddLogging(l => l.AddProvider(log ?? new CapturedLog()));
        });
}
