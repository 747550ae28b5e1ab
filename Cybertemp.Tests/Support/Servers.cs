using Cybertemp.Tests.Support;

[assembly: AssemblyFixture(typeof(Servers))]

namespace Cybertemp.Tests.Support;

/// <summary>
/// The PostgreSQL that tests share when they do not harm it: a class or a fixture takes this in its constructor, and
/// each test a database of its own, so that they run side by side. A missing server fails the tests.
/// </summary>
public sealed class Servers : IAsyncLifetime
{
    internal PostgresServer Postgres { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Postgres = await PostgresServer.StartAsync();

    public async ValueTask DisposeAsync() => await Postgres.DisposeAsync();
}
