using Cybertemp.SmtpReceiver.Commit;
using Cybertemp.Tests.Commit;
using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Support;
using Npgsql;

namespace Cybertemp.Tests.Mail.Citus;

/// <summary>How many inboxes, and so shards, one commit is for.</summary>
public sealed class CitusCommitTests(Servers servers) : IClassFixture<Servers>
{
    private const int MessagesAtOnce = 100;

    private const string MostInboxes = """
        select max(inboxes)::int from (
            select count(distinct inbox) as inboxes from (
                select xmin::text as commit, inbox from emails union all select xmin::text, inbox from private_emails
                union all select xmin::text, address from inbox) written
            group by commit) commits
        """;

    [Fact]
    public async Task With_one_row_a_batch_no_commit_is_for_two_inboxes() =>
        Assert.Equal(1, await StoreAsync(maxBatchRows: 1));

    [Fact]
    public async Task A_batch_is_for_many() => Assert.True(await StoreAsync(maxBatchRows: 200) > 1);

    private async Task<int> StoreAsync(int maxBatchRows)
    {
        var connectionString = await CitusDatabase.CreateAsync(servers.Postgres);
        await using var database = NpgsqlDataSource.Create(connectionString);
        await database.ExecuteAsync("insert into private_email (email) values ('box1@t'), ('box2@t')");
        await using var storage = await StorageHost.StartAsync(connectionString, options =>
        {
            options.MaxBatchRows = maxBatchRows;
            options.Writers = 4;
            options.LastReceivedInterval = TimeSpan.FromMinutes(10);
        });

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, MessagesAtOnce).Select(i => storage.WriteAsync(Messages.To($"box{i}@t"))));

        Assert.All(outcomes, static o => Assert.Equal(WriteOutcome.Committed, o));
        return await database.ScalarAsync<int>(MostInboxes);
    }
}
