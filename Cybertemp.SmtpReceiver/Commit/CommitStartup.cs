using Cybertemp.Mail.Schema;
using Cybertemp.ServiceDefaults;
using Cybertemp.SmtpReceiver.Storage;
using Cybertemp.SmtpReceiver.Storage.Maintenance;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Cybertemp.SmtpReceiver.Commit;

/// <summary>
/// Migrates before anything listens. While PostgreSQL is away the start waits a little and then goes on, not ready,
/// with the migration in the background: a process that ends would be restarted for nothing.
/// </summary>
internal sealed partial class CommitStartup(
    SchemaMigrator migrator,
    NpgsqlDataSource dataSource,
    BatchCommitter committer,
    TimelineWatch timelines,
    TimeProvider timeProvider,
    IOptions<StorageOptions> options,
    IHostApplicationLifetime lifetime,
    ILogger<CommitStartup> logger) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _migration = Task.CompletedTask;
    private string? _reason;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _migration = MigrateAsync(_stop.Token);
        await Task.WhenAny(_migration, Task.Delay(options.Value.StartupWait, timeProvider, cancellationToken));
        if (_migration.IsFaulted)
        {
            // A host that is stopping starts nothing more, the listener least of all.
            EndProcess();
            throw new OperationCanceledException(_migration.Exception!.InnerException!.Message);
        }

        if (!_migration.IsCompleted)
        {
            LogGoesOn();
            _ = _migration.ContinueWith(
                _ => EndProcess(), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted,
                TaskScheduler.Default);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _migration.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop.Dispose();

    private async Task MigrateAsync(CancellationToken ct)
    {
        var backoff = new Backoff(timeProvider);
        while (!ct.IsCancellationRequested && !await TryMigrateAsync(ct))
        {
            await backoff.WaitAsync(ct);
        }
    }

    private async Task<bool> TryMigrateAsync(CancellationToken ct)
    {
        try
        {
            await timelines.LookAsync(ct);
            await migrator.MigrateAsync(ct);
            await FillPoolAsync(ct);
        }
        catch (Exception ex) when (ex is not SchemaTooNewException)
        {
            if (!ct.IsCancellationRequested)
            {
                ReportRetry(FailureReason.Of(ex));
            }

            return false;
        }

        await committer.WarmUpAsync();
        return true;
    }

    /// <summary>The pool keeps its minimum, but does not open it by itself.</summary>
    private async Task FillPoolAsync(CancellationToken ct)
    {
        var connections = new List<NpgsqlConnection>();
        try
        {
            for (var i = 0; i < Math.Min(options.Value.MinPoolSize, options.Value.MaxPoolSize); i++)
            {
                connections.Add(await dataSource.OpenConnectionAsync(ct));
            }
        }
        finally
        {
            foreach (var connection in connections)
            {
                await connection.DisposeAsync();
            }
        }
    }

    /// <summary>Once a reason, however often it is met in a row.</summary>
    private void ReportRetry(string reason)
    {
        if (_reason != reason)
        {
            _reason = reason;
            LogRetry(reason);
        }
    }

    private void EndProcess()
    {
        LogRefusal(_migration.Exception!.InnerException!.Message);
        Environment.ExitCode = 1;
        lifetime.StopApplication();
    }

    [LoggerMessage(LogLevel.Warning, "The schema could not be checked or migrated yet: {Reason}")]
    private partial void LogRetry(string reason);

    [LoggerMessage(LogLevel.Warning, "Going on without PostgreSQL: not ready until it is there")]
    private partial void LogGoesOn();

    [LoggerMessage(LogLevel.Critical, "{Reason}")]
    private partial void LogRefusal(string reason);
}
