using System.Diagnostics;

namespace Cybertemp.Benchmarks.Load;

/// <summary>
/// Mail at a steady rate, whatever the server does: one that stalls is not sent less meanwhile, and the mails that had
/// to wait for a session count from when they were due.
/// </summary>
internal sealed class OpenLoop : IDisposable
{
    private readonly LoadSession[] _sessions;

    public OpenLoop(LoadOptions load) =>
        _sessions = [.. Enumerable.Range(0, load.Sessions).Select(i => new LoadSession(load, i))];

    /// <summary>Messages that the server had no room for.</summary>
    public int Refused => _sessions.Sum(static s => s.Refused);

    public async Task<OpenLoopResult> RunAsync(double perSecond, TimeSpan duration)
    {
        await Task.WhenAll(_sessions.Select(static s => s.ConnectAsync()));
        var (count, next, started) = ((int)(perSecond * duration.TotalSeconds), -1, Stopwatch.GetTimestamp());
        var lists = _sessions.Select(static _ => (Dots: new List<long>(), Due: new List<long>())).ToArray();
        await Task.WhenAll(_sessions.Select((session, i) => Task.Run(async () =>
        {
            for (var number = Interlocked.Increment(ref next); number < count; number = Interlocked.Increment(ref next))
            {
                var due = started + (long)(number / perSecond * Stopwatch.Frequency);
                if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is { Ticks: > 0 } wait)
                {
                    await Task.Delay(wait);
                }

                await session.SendAsync(lists[i].Dots);
                lists[i].Due.Add(Stopwatch.GetTimestamp() - due);
            }
        })));
        return new OpenLoopResult(
            Stopwatch.GetElapsedTime(started),
            [.. lists.SelectMany(static l => l.Dots).Order()],
            [.. lists.SelectMany(static l => l.Due).Order()]);
    }

    public void Dispose() => Array.ForEach(_sessions, static s => s.Dispose());
}
