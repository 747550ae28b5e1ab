using Cybertemp.Tests.Support;
using Cybertemp.Web;
using Cybertemp.Web.Database;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Cybertemp.Tests.Web.Database;

public sealed class PreparedReadsTests(Servers servers) : IAsyncLifetime
{
    private const string Sql = "select v from shelf where v >= $1 order by v";

    private readonly CapturedLog _log = new();
    private readonly PoolerWatch _pooler = new();
    private NpgsqlDataSource _source = null!;

    public async ValueTask InitializeAsync()
    {
        // One connection, so that each statement meets what the last one left there.
        var builder = new NpgsqlDataSourceBuilder(
            await servers.Postgres.CreateDatabaseAsync() + ";Maximum Pool Size=1;No Reset On Close=true");
        builder.UsePhysicalConnectionInitializer(_pooler.Check, _pooler.CheckAsync);
        _source = builder.Build();
        await ExecuteAsync("create table shelf (v int primary key); insert into shelf select generate_series(1, 9)");
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    [Fact]
    public async Task A_statement_is_planned_once_for_a_connection()
    {
        var reads = Reads(prepares: true);
        for (var i = 1; i <= 8; i++)
        {
            Assert.Equal(Enumerable.Range(i, 10 - i), await RunAsync(reads, i));
        }

        Assert.Equal((8L, 0L), await PlansAsync());
        Assert.Equal("auto on", await TextAsync(
            "select current_setting('plan_cache_mode') || ' ' || current_setting('enable_seqscan')"));
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task Nothing_is_prepared_where_that_is_not_wanted()
    {
        Assert.Equal([8, 9], await RunAsync(Reads(prepares: false), 8));
        Assert.Null(await PlansAsync());
    }

    [Theory]
    [InlineData("deallocate all", "26000")]
    [InlineData("alter table shelf alter column v type bigint", "0A000")]
    public async Task What_is_lost_meanwhile_is_read_all_the_same(string statement, string sqlState)
    {
        var reads = Reads(prepares: true);
        Assert.Equal([8, 9], await RunAsync(reads, 8));
        await ExecuteAsync(statement);

        Assert.Equal([7, 8, 9], await RunAsync(reads, 7));
        Assert.Equal([9], await RunAsync(reads, 9));
        var line = Assert.Single(_log.Lines);
        Assert.StartsWith(
            $"Information Statements are planned each time they run: {sqlState}", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_with_another_server_process_is_not_believed()
    {
        var reads = Reads(prepares: true);
        await using (var connection = await _source.OpenConnectionAsync())
        {
            Assert.True(_pooler.Observe(connection, connection.ProcessID));
            Assert.False(_pooler.Observe(connection, connection.ProcessID + 1));
        }

        Assert.Equal([8, 9], await RunAsync(reads, 8));
        Assert.Null(await PlansAsync());
    }

    private PreparedReads Reads(bool prepares)
    {
        using var factory = LoggerFactory.Create(b => b.AddProvider(_log));
        return new PreparedReads(
            _pooler, Options.Create(new WebOptions { PrepareStatements = prepares }),
            factory.CreateLogger<PreparedReads>());
    }

    private Task<List<int>> RunAsync(PreparedReads reads, int least) => reads.RunAsync(
        _source,
        () => [new NpgsqlBatchCommand(Sql) { Parameters = { Parameters.Number(least) } }],
        static async row =>
        {
            var values = new List<int>();
            while (await row.ReadAsync())
            {
                values.Add(row.GetInt32(0));
            }

            return values;
        },
        CancellationToken.None);

    /// <summary>How often the connection's plan was used, and how often one was made for the values.</summary>
    private async Task<(long Kept, long Made)?> PlansAsync()
    {
        await using var command = _source.CreateCommand(
            $"select generic_plans, custom_plans from pg_prepared_statements where statement = '{Sql}'");
        await using var row = await command.ExecuteReaderAsync();
        return await row.ReadAsync() ? (row.GetInt64(0), row.GetInt64(1)) : null;
    }

    private async Task<string?> TextAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        return (string?)await command.ExecuteScalarAsync();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
