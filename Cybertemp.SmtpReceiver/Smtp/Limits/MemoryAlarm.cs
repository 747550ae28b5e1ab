namespace Cybertemp.SmtpReceiver.Smtp.Limits;

/// <summary>
/// Tells the operator that mail is refused for lack of room: the first time at once, then at most once a minute with
/// how many there were. Thread-safe.
/// </summary>
internal sealed class MemoryAlarm(ContentBudget budget, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private long? _last;
    private int _refused;

    /// <summary>A message was refused for the limit of that name.</summary>
    public void Refused(string limit)
    {
        int refused;
        lock (_lock)
        {
            _refused++;
            if (_last is { } last && time.GetElapsedTime(last) < Interval)
            {
                return;
            }

            (refused, _refused, _last) = (_refused, 0, time.GetTimestamp());
        }

        SmtpLog.NoRoom(logger, refused, limit, budget.Used, budget.Limit);
    }
}
