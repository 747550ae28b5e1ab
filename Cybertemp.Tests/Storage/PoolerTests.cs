using Cybertemp.SmtpReceiver.Storage;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Storage;

[Collection(Servers.Name)]
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
            var writes = Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? one : two).WriteAsync(Messages.To($"{round}.{i}@t", "private@t")));
            Assert.All(await Task.WhenAll(writes), o => Assert.Equal(WriteOutcome.Committed, o));
        }

        Assert.True(await one.Get<Retention>().RunAsync(force: false, CancellationToken.None));
        await one.Get<LastReceivedFlusher>().FlushAsync(CancellationToken.None);
        await using var direct = Npgsql.NpgsqlDataSource.Create(connectionString);
        Assert.Equal(800L, await direct.ScalarAsync<long>("select count(*) from emails"));
        Assert.Equal(800L, await direct.ScalarAsync<long>("select count(distinct message_uid) from private_emails"));
        Assert.Equal(800L, await direct.ScalarAsync<long>("select count(*) from private_emails"));
        Assert.Equal(8L, await direct.ScalarAsync<long>("select count(*) from pg_inherits where inhparent = 'emails'::regclass"));
    }

    private static Task<StorageHost> StartAsync(string connectionString, bool prepareStatements) => StorageHost.StartAsync(
        connectionString,
        o => (o.PrepareStatements, o.Writers) = (prepareStatements, 2),
        services => services.Remove(services.Single(s => s.ImplementationType == typeof(RetentionService))));
}
