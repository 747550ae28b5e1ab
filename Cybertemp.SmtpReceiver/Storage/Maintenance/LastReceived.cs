namespace Cybertemp.SmtpReceiver.Storage.Maintenance;

/// <summary>
/// When inboxes last received mail, until it is flushed: off the commit path, since a hot inbox's row would make every
/// writer wait in line. Thread-safe.
/// </summary>
internal sealed class LastReceived
{
    // A flood of addresses must not fill the memory; those that are left out catch up with their next mail.
    private const int MaxInboxes = 100_000;

    private readonly Lock _lock = new();
    private Dictionary<string, DateTime> _times = new(StringComparer.Ordinal);

    public void Note(IEnumerable<(string Inbox, DateTime ReceivedAt)> receipts)
    {
        lock (_lock)
        {
            foreach (var (inbox, receivedAt) in receipts)
            {
                NoteLocked(inbox, receivedAt);
            }
        }
    }

    public void Note(string inbox, DateTime receivedAt)
    {
        lock (_lock)
        {
            NoteLocked(inbox, receivedAt);
        }
    }

    /// <summary>Hands over what was noted and starts anew.</summary>
    public Dictionary<string, DateTime> Take()
    {
        lock (_lock)
        {
            var taken = _times;
            _times = new(StringComparer.Ordinal);
            return taken;
        }
    }

    private void NoteLocked(string inbox, DateTime receivedAt)
    {
        if (_times.TryGetValue(inbox, out var known) ? known < receivedAt : _times.Count < MaxInboxes)
        {
            _times[inbox] = receivedAt;
        }
    }
}
