namespace Cybertemp.Tests.Support;

/// <summary>
/// The servers that tests share when they do not harm them: one PostgreSQL and one Redis for the whole run. A test class
/// takes <c>[Collection(Servers.Name)]</c> and a database of its own. A missing server fails the test.
/// </summary>
public sealed class Servers : IAsyncLifetime
{
    public const string Name = "servers";

    internal PostgresServer Postgres { get; private set; } = null!;

    internal RedisServer Redis { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Postgres = await PostgresServer.StartAsync();
        Redis = await RedisServer.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await Redis.DisposeAsync();
        await Postgres.DisposeAsync();
    }
}
