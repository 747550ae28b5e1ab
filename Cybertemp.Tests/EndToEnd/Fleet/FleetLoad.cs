using System.Collections.Concurrent;
using System.Globalization;
using Cybertemp.Tests.Storage;
using Npgsql;

namespace Cybertemp.Tests.EndToEnd.Fleet;

/// <summary>
/// Senders as MX records have them: each message goes to one of the receivers, and to the next one after a 4yz or a
/// connection that ends. Every attempt has a subject of its own.
/// </summary>
internal sealed class FleetLoad : IAsyncDisposable
{
    private const int MessagesASession = 10;

    private readonly ConcurrentQueue<SentMail> _accepted = new();
    private readonly int[] _outcomes = new int[Enum.GetValues<SendOutcome>().Length];
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _giveUp = new();
    private readonly IReadOnlyList<int> _ports;
    private readonly IReadOnlyList<string> _inboxes;
    private readonly TimeSpan _pause;
    private readonly string _name;
    private readonly Task[] _sessions;

    /// <summary>Starts to send.</summary>
    /// <param name="name">Begins each subject.</param>
    /// <param name="ports">Of the receivers that are spread over.</param>
    /// <param name="inboxes">Sent to in turn.</param>
    /// <param name="sessions">How many send at once.</param>
    /// <param name="pause">Between a session's messages.</param>
    public FleetLoad(
        string name, IReadOnlyList<int> ports, IReadOnlyList<string> inboxes, int sessions, TimeSpan pause)
    {
        (_name, _ports, _inboxes, _pause) = (name, ports, inboxes, pause);
        _sessions = [.. Enumerable.Range(0, sessions).Select(i => Task.Run(() => RunAsync(i)))];
    }

    public IReadOnlyCollection<SentMail> Accepted => _accepted;

    public int this[SendOutcome outcome] => Volatile.Read(ref _outcomes[(int)outcome]);

    /// <summary>Completes when <paramref name="more"/> messages were accepted from now on.</summary>
    public async Task WaitForMoreAsync(int more)
    {
        var target = _accepted.Count + more;
        await Support.Eventually.TrueAsync(() => _accepted.Count >= target);
    }

    /// <summary>No new message; those under way come to their end.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        _giveUp.CancelAfter(TimeSpan.FromMinutes(2));
        await Task.WhenAll(_sessions);
    }

    /// <summary>What is lost of the accepted, and what is stored more than once.</summary>
    public async Task<(int Lost, int Duplicated)> CountAsync(NpgsqlDataSource database)
    {
        var stored = (await database.ColumnAsync("select subject from emails")).CountBy(static s => s)
            .ToDictionary(StringComparer.Ordinal);
        return (
            _accepted.Count(a => !stored.ContainsKey(a.Subject)),
            _accepted.Count(a => stored.GetValueOrDefault(a.Subject) > 1));
    }

    public override string ToString() => string.Join(
        ", ", Enum.GetValues<SendOutcome>().Select(o => $"{this[o]} {o}"));

    public async ValueTask DisposeAsync()
    {
        await _giveUp.CancelAsync();
        await StopAsync();
        _stop.Dispose();
        _giveUp.Dispose();
    }

    private async Task RunAsync(int number)
    {
        var random = new Random(number);
        SendingSession? session = null;
        for (var message = 0; !_stop.IsCancellationRequested; message++)
        {
            if (message % MessagesASession == 0)
            {
                session?.Dispose();
                session = null;
            }

            session = await DeliverAsync(session, random.Next(_ports.Count), $"{_name}-{number}-{message}");
            await Task.Delay(_pause, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        session?.Dispose();
    }

    /// <summary>Until a receiver takes it, or the test is over.</summary>
    private async Task<SendingSession?> DeliverAsync(SendingSession? session, int first, string subject)
    {
        var inbox = _inboxes[Math.Abs(subject.GetHashCode(StringComparison.Ordinal) % _inboxes.Count)];
        for (var attempt = 0; ; attempt++)
        {
            session ??= new SendingSession(_ports[(first + attempt) % _ports.Count]);
            try
            {
                if (await TryAsync(session, inbox, string.Create(
                    CultureInfo.InvariantCulture, $"{subject}.{attempt}")))
                {
                    return session;
                }
            }
            catch (OperationCanceledException)
            {
                session.Dispose();
                return null;
            }

            session.Dispose();
            session = null;
            await Task.Delay(20);
        }
    }

    private async Task<bool> TryAsync(SendingSession session, string inbox, string subject)
    {
        var started = TimeProvider.System.GetUtcNow();
        var outcome = await session.SendAsync(inbox, subject, _giveUp.Token);
        Interlocked.Increment(ref _outcomes[(int)outcome]);
        if (outcome is SendOutcome.Accepted)
        {
            _accepted.Enqueue(new(
                inbox, subject, started, TimeProvider.System.GetUtcNow() - started, session.Latency));
        }

        return outcome is SendOutcome.Accepted;
    }
}
