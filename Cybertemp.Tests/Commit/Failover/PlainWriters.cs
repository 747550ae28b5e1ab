using System.Collections.Concurrent;
using Npgsql;

namespace Cybertemp.Tests.Commit.Failover;

/// <summary>
/// Clients that trust the driver: several hosts, the primary wanted, short timeouts, and each row written again until
/// it succeeds.
/// </summary>
internal sealed class PlainWriters : IAsyncDisposable
{
    private const string Settings =
        ";Target Session Attributes=primary;Timeout=1;Command Timeout=2;Cancellation Timeout=500;Host Recheck Seconds=1";

    private readonly ConcurrentQueue<string> _acknowledged = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly NpgsqlDataSource _dataSource;
    private readonly Task[] _writers;

    public PlainWriters(string connectionString, int count)
    {
        _dataSource = NpgsqlDataSource.Create(connectionString + Settings);
        _writers = [.. Enumerable.Range(0, count).Select(_ => Task.Run(RunAsync))];
    }

    public IReadOnlyCollection<string> Acknowledged => _acknowledged;

    public Task WaitForMoreAsync(int more)
    {
        var target = _acknowledged.Count + more;
        return Support.Eventually.TrueAsync(() => _acknowledged.Count >= target);
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_writers);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _dataSource.DisposeAsync();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var id = Guid.NewGuid();
            while (!await TryWriteAsync(id))
            {
                await Task.Delay(20);
            }

            _acknowledged.Enqueue($"{id}");
        }
    }

    private async Task<bool> TryWriteAsync(Guid id)
    {
        try
        {
            await using var command = _dataSource.CreateCommand(
                "insert into plain (id) values ($1) on conflict do nothing");
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
            await command.ExecuteNonQueryAsync();
            return true;
        }
        catch (Exception ex) when (ex is NpgsqlException or TimeoutException)
        {
            return _stop.IsCancellationRequested;
        }
    }
}
