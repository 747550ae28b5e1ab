using Cybertemp.SmtpReceiver.Commit.Pending;
using Cybertemp.SmtpReceiver.Commit.Telemetry;
using Cybertemp.SmtpReceiver.Storage;
using Cybertemp.SmtpReceiver.Storage.Maintenance;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Cybertemp.SmtpReceiver.Commit;

/// <summary>
/// Group commit: while one transaction is in flight, messages queue; the next transaction takes them all. There is no
/// linger timer, so an idle server commits at once and a busy one batches by itself. Large messages have a queue and a
/// writer of their own: a megabyte takes PostgreSQL tens of milliseconds, which no small one should wait for. Each
/// queue has a helper, a writer for what one batch cannot hold: while one commit waits for the disk, another is
/// written. Thread-safe.
/// </summary>
internal sealed class BatchWriter : IHostedService, IAsyncDisposable
{
    /// <summary>Beside those of the options: the one for large messages, and the helpers.</summary>
    public const int OtherWriters = 1 + StorageConnection.Helpers;

    /// <summary>Large messages leave the rest of the queue's bytes to the others.</summary>
    private const double PartForLarge = 0.875;

    private static readonly TimeSpan SweepInterval = TimeSpan.FromMilliseconds(50);

    private readonly BatchCommitter _committer;
    private readonly StorageAvailability _availability;
    private readonly StorageClock _clock;
    private readonly DatabaseState _database;
    private readonly CommitMetrics _metrics;
    private readonly TimeProvider _timeProvider;
    private readonly StorageOptions _options;
    private readonly PendingQueue _queue;
    private readonly PendingQueue _large;
    private readonly (PendingQueue Queue, bool IsHelper)[] _roles;
    private readonly List<PendingMessage>?[] _inFlight;
    private readonly CancellationTokenSource _giveUp = new();
    private Task[] _writers = [];
    private ITimer? _sweep;
    private long _stopDeadline = long.MaxValue;
    private long _lastContact;

    public BatchWriter(
        BatchCommitter committer,
        StorageAvailability availability,
        StorageClock clock,
        DatabaseState database,
        CommitMetrics metrics,
        TimeProvider timeProvider,
        IOptions<StorageOptions> options,
        NpgsqlDataSource dataSource,
        IHostApplicationLifetime lifetime)
    {
        (_committer, _availability, _clock, _database) = (committer, availability, clock, database);
        (_metrics, _timeProvider, _options) = (metrics, timeProvider, options.Value);
        var budget = new QueueBudget(_options.MaxQueuedMessages, _options.MaxQueuedBytes);
        _queue = new PendingQueue(budget, _options.MaxBatchBytes);
        _large = new PendingQueue(budget, _options.MaxBatchBytes, PartForLarge);
        (PendingQueue, bool)[] helpers =
            StorageConnection.HasHelpers(dataSource, _options) ? [(_queue, true), (_large, true)] : [];
        _roles = [.. Enumerable.Repeat((_queue, false), _options.Writers), (_large, false), .. helpers];
        _inFlight = new List<PendingMessage>?[_roles.Length];
        metrics.ObserveQueue(budget, _options.MaxQueuedMessages);
        lifetime.ApplicationStopping.Register(
            () => Volatile.Write(ref _stopDeadline, Deadline(_options.MaxCommitWaitAtStop)));
    }

    /// <summary>False when PostgreSQL is known to have been away as long as a client would wait.</summary>
    public bool IsAvailable => _availability.IsAvailable;

    /// <summary>
    /// Completes after the commit, or with the reason why there was none; a storage failure is an outcome, not an
    /// exception. A cancelled <paramref name="ct"/> is <see cref="WriteOutcome.Unavailable"/>.
    /// </summary>
    public async Task<WriteOutcome> WriteAsync(StoredMessage message, CancellationToken ct)
    {
        var outcome = await AdmitAsync(message, ct);
        _metrics.MessageDecided(outcome);
        return outcome;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _writers = [.. _roles.Select(
            (r, i) => Task.Run(() => RunAsync(i, r.Queue, r.IsHelper), CancellationToken.None))];
        _sweep = _timeProvider.CreateTimer(_ => Sweep(), state: null, SweepInterval, SweepInterval);
        return Task.CompletedTask;
    }

    /// <summary>Refuses new messages and stores what waits, as long as the host's shutdown timeout allows.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Close();
        _large.Close();
        await using (cancellationToken.UnsafeRegister(static s => ((CancellationTokenSource)s!).Cancel(), _giveUp))
        {
            await Task.WhenAll(_writers);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_sweep is not null)
        {
            await _sweep.DisposeAsync();
        }

        _giveUp.Dispose();
    }

    private async Task<WriteOutcome> AdmitAsync(StoredMessage message, CancellationToken ct)
    {
        if (_database.IsFull)
        {
            return WriteOutcome.DatabaseFull;
        }

        var acknowledgesEarly = _options.Acknowledge is AcknowledgeMode.Received;
        var deadline = acknowledgesEarly ? PendingMessage.Acknowledged : Deadline(_options.MaxCommitWait);
        var pending = new PendingMessage(message, _clock.UtcNow, deadline);
        var queue = pending.Bytes > _options.LargeMessageBytes ? _large : _queue;
        if (!queue.TryAdd(pending))
        {
            return _availability.IsAvailable && !queue.IsClosed ? WriteOutcome.QueueFull : WriteOutcome.Unavailable;
        }

        if (acknowledgesEarly)
        {
            return WriteOutcome.Committed;
        }

        await using (ct.UnsafeRegister(static (s, _) => ((Abandonment)s!).Run(), new Abandonment(queue, pending)))
        {
            return await pending.Outcome;
        }
    }

    private async Task RunAsync(int writer, PendingQueue queue, bool isHelper)
    {
        while (await queue.WaitAsync(isHelper) && !_giveUp.IsCancellationRequested)
        {
            var taken = queue.Take(_options.MaxBatchRows, isHelper);
            if (taken.Count > 0)
            {
                Volatile.Write(ref _inFlight[writer], taken);
                await _committer.CommitAsync(taken, _giveUp.Token);
                Volatile.Write(ref _inFlight[writer], null);
                queue.Release(taken);
            }
            else if (IsProbeDue())
            {
                await _committer.ProbeAsync();
            }

            Volatile.Write(ref _lastContact, _timeProvider.GetTimestamp());
        }

        Expire(queue.RemoveExpired(_giveUp.IsCancellationRequested ? long.MaxValue : 0));
    }

    private bool IsProbeDue()
    {
        var interval = _availability.IsAway && _options.ProbeInterval > Backoff.Longest
            ? Backoff.Longest
            : _options.ProbeInterval;
        return _timeProvider.GetElapsedTime(Volatile.Read(ref _lastContact)) >= interval;
    }

    /// <summary>
    /// Tells those who waited long enough, whatever the writers do, and wakes an idle writer to probe.
    /// </summary>
    private void Sweep()
    {
        var now = _timeProvider.GetTimestamp();
        var isStopping = now >= Volatile.Read(ref _stopDeadline)
            && _availability.IsAway
            && _options.Acknowledge is AcknowledgeMode.Committed;
        var limit = isStopping ? long.MaxValue : now;
        Expire(_queue.RemoveExpired(limit));
        Expire(_large.RemoveExpired(limit));
        for (var i = 0; i < _inFlight.Length; i++)
        {
            Expire(Volatile.Read(ref _inFlight[i])?.Where(m => m.Deadline <= limit) ?? []);
        }

        if (IsProbeDue())
        {
            _queue.Wake();
        }
    }

    private static void Expire(IEnumerable<PendingMessage> messages)
    {
        foreach (var message in messages)
        {
            message.TryDecide(WriteOutcome.Unavailable);
        }
    }

    private long Deadline(TimeSpan wait) =>
        _timeProvider.GetTimestamp() + (long)(wait.TotalSeconds * _timeProvider.TimestampFrequency);

    private sealed class Abandonment(PendingQueue queue, PendingMessage message)
    {
        public void Run()
        {
            message.TryDecide(WriteOutcome.Unavailable);
            queue.TryRemove(message);
        }
    }
}
