using Cybertemp.Mail.Announcements;
using Cybertemp.Mail.Filters.Mirror;
using Cybertemp.ServiceDefaults;
using Cybertemp.Web.Live.Feeds;

namespace Cybertemp.Web.Live;

/// <summary>
/// The one subscription to what receivers announce. It is tried until it stands; the client keeps it through what comes
/// after.
/// </summary>
internal sealed partial class AnnouncementListener(
    MirrorConnection redis, LiveFeeds feeds, NewMailSignal signal, TimeProvider time,
    ILogger<AnnouncementListener> logger)
    : BackgroundService
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(2);

    private readonly StateChange _state = new(time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!await TrySubscribeAsync(stoppingToken))
        {
            await Task.Delay(RetryInterval, time, stoppingToken);
        }
    }

    private async Task<bool> TrySubscribeAsync(CancellationToken ct)
    {
        try
        {
            await redis.SubscribeAsync(AnnouncementContract.Channel, OnAnnouncement, ct);
            LogSubscribed();
            return true;
        }
        catch (Exception ex) when (!ct.IsCancellationRequested && MirrorConnection.IsFailure(ex))
        {
            if (_state.IsNews(isFailing: true))
            {
                LogFailing(FailureReason.Of(ex));
            }

            return false;
        }
    }

    private void OnAnnouncement(ReadOnlyMemory<byte> announcement)
    {
        signal.Raise();
        if (!feeds.IsEmpty && !AnnouncementContract.TryRead(announcement.Span, feeds.Announce))
        {
            LogUnreadable(announcement.Length);
        }
    }

    [LoggerMessage(LogLevel.Information, "New mail is shown at once: receivers announce it")]
    private partial void LogSubscribed();

    [LoggerMessage(LogLevel.Warning, "Redis is away, new mail is shown up to two seconds later: {Reason}")]
    private partial void LogFailing(string reason);

    [LoggerMessage(LogLevel.Warning, "An announcement of {Length} octets is none that a receiver makes")]
    private partial void LogUnreadable(int length);
}
