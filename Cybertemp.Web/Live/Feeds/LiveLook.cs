using Cybertemp.ServiceDefaults;
using Cybertemp.Web.Access;
using Cybertemp.Web.Messages;
using Npgsql;

namespace Cybertemp.Web.Live.Feeds;

/// <summary>
/// Looks every two seconds for what no announcement has told of, for all that is listened to at once: a lost
/// announcement, or a Redis that is away or not there at all, costs that time and nothing else.
/// </summary>
internal sealed partial class LiveLook(
    LiveFeeds feeds, LivePending pending, RecentMessages recent, WebMetrics metrics, TimeProvider time,
    ILogger<LiveLook> logger)
    : BackgroundService
{
    private const int MaxInboxesAtOnce = 1_000;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly StateChange _state = new(time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await LookAsync(stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        feeds.ForgetUnheard();
        try
        {
            foreach (var kind in feeds.All.Select(static f => f.Key).GroupBy(static k => k.Kind, static k => k.Inbox))
            {
                foreach (var inboxes in kind.Chunk(MaxInboxesAtOnce))
                {
                    await LookAsync(kind.Key, inboxes, ct);
                }
            }

            if (_state.IsNews(isFailing: false))
            {
                LogLooking();
            }
        }
        catch (Exception ex) when (ex is NpgsqlException or TimeoutException)
        {
            if (_state.IsNews(isFailing: true))
            {
                LogFailing(FailureReason.Of(ex));
            }
        }
    }

    private async Task LookAsync(ReaderKind kind, string[] inboxes, CancellationToken ct)
    {
        var found = await recent.InAsync(kind, inboxes, RecentMessages.FewIds, ct);

        // There is more, and what has not been told of may be among it, whatever has been told of the newest.
        string[] busy = [.. found.CountBy(static f => f.Inbox, StringComparer.Ordinal)
            .Where(static i => i.Value == RecentMessages.FewIds).Select(static i => i.Key)];
        if (busy.Length > 0)
        {
            found.RemoveAll(f => busy.Contains(f.Inbox, StringComparer.Ordinal));
            found.AddRange(await recent.InAsync(kind, busy, RecentMessages.MaxIds, ct));
        }

        AddUnknown(kind, found);

        if (inboxes.Contains(""))
        {
            AddUnknown(kind, "", await recent.InAsync(kind, "", ct));
        }
    }

    private void AddUnknown(ReaderKind kind, List<(string Inbox, Guid Id)> found)
    {
        foreach (var inbox in found.GroupBy(static f => f.Inbox, static f => f.Id, StringComparer.Ordinal))
        {
            AddUnknown(kind, inbox.Key, inbox);
        }
    }

    /// <summary>All at once, so that they are told in their order.</summary>
    private void AddUnknown(ReaderKind kind, string inbox, IEnumerable<Guid> ids)
    {
        if (feeds.Find(new LiveKey(kind, inbox)) is not { } feed)
        {
            return;
        }

        Guid[] unknown = [.. ids.Where(id => !feed.IsKnown(id))];
        if (unknown.Length > 0)
        {
            pending.Add(kind, unknown);
            metrics.Found(unknown.Length);
        }
    }

    [LoggerMessage(LogLevel.Warning, "It cannot be looked for new mail: {Reason}")]
    private partial void LogFailing(string reason);

    [LoggerMessage(LogLevel.Information, "It is looked for new mail again")]
    private partial void LogLooking();
}
