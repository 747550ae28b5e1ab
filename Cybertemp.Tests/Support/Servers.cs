namespace Cybertemp.Tests.Support;

/// <summary>
/// The PostgreSQL that tests share when they do not harm it: a class takes <see cref="IClassFixture{TFixture}"/> of
/// this, and each test a database of its own, so that the classes run side by side. It lives while a class that takes
/// it runs. A missing server fails the test.
/// </summary>
public sealed class Servers : IAsyncLifetime
{
    private static readonly SemaphoreSlim Turn = new(1, 1);

    private static PostgresServer? _shared;
    private static int _classes;

    internal PostgresServer Postgres { get; private set; } = null!;

    public Task InitializeAsync() => InTurnAsync(async () =>
    {
        _shared ??= await PostgresServer.StartAsync();
        _classes++;
        Postgres = _shared;
    });

    public Task DisposeAsync() => InTurnAsync(async () =>
    {
        if (--_classes == 0)
        {
            _shared = null;
            await Postgres.DisposeAsync();
        }
    });

    private static async Task InTurnAsync(Func<Task> action)
    {
        await Turn.WaitAsync();
        try
        {
            await action();
        }
        finally
        {
            Turn.Release();
        }
    }
}
