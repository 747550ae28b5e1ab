using System.Collections.Concurrent;
using Cybertemp.SmtpReceiver.Smtp.Transport;

namespace Cybertemp.SmtpReceiver.Smtp.Listening;

/// <summary>The connections that are open, and how they end when the server stops. Thread-safe.</summary>
/// <param name="crowd">Connections beyond this many are told to come back.</param>
internal sealed class ConnectionSet(int crowd) : IDisposable
{
    private readonly ConcurrentDictionary<SmtpConnection, Task> _running = new();
    private readonly CancellationTokenSource _cut = new();

    public int Count => _running.Count;

    /// <summary>Serves a connection on the thread pool until it ends.</summary>
    public void Start(SmtpConnection connection)
    {
        // The task waits for its own registration, so that it cannot end before it.
        var registered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _running[connection] = RunAsync(connection, _running.Count >= crowd, registered.Task);
        registered.SetResult();
    }

    /// <summary>
    /// Idle sessions end at once, the others when their message is answered. After <paramref name="drainTimeout"/> they
    /// are told to break off; when <paramref name="ct"/> is cancelled their connections are aborted.
    /// </summary>
    /// <returns>How many sessions did not end by themselves.</returns>
    public async Task<int> StopAsync(TimeSpan drainTimeout, TimeProvider time, CancellationToken ct)
    {
        foreach (var connection in _running.Keys)
        {
            connection.RequestStop(StopRequest.BetweenCommands);
        }

        if (await EndsAsync(drainTimeout, time, ct))
        {
            return 0;
        }

        var left = _running.Count;
        await _cut.CancelAsync();
        foreach (var connection in _running.Keys)
        {
            connection.RequestStop(StopRequest.Now);
        }

        if (!await EndsAsync(Timeout.InfiniteTimeSpan, time, ct))
        {
            foreach (var connection in _running.Keys)
            {
                connection.Abort();
            }
        }

        return left;
    }

    public void Dispose() => _cut.Dispose();

    private async Task RunAsync(SmtpConnection connection, bool isCrowded, Task registered)
    {
        await registered;
        try
        {
            await using (connection)
            {
                await connection.RunAsync(isCrowded, _cut.Token);
            }
        }
        finally
        {
            _running.TryRemove(connection, out _);
        }
    }

    private async Task<bool> EndsAsync(TimeSpan timeout, TimeProvider time, CancellationToken ct)
    {
        try
        {
            await Task.WhenAll(_running.Values).WaitAsync(timeout, time, ct);
            return true;
        }
        catch (Exception ex) when (ex is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }
}
