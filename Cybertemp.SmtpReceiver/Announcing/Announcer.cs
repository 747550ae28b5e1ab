using System.Buffers;
using Cybertemp.Mail.Announcements;
using Cybertemp.Mail.Filters.Mirror;
using Cybertemp.ServiceDefaults;
using Cybertemp.SmtpReceiver.Commit;
using StackExchange.Redis;

namespace Cybertemp.SmtpReceiver.Announcing;

/// <summary>
/// Tells readers in Redis what was committed: all that has gathered while the last announcement was on its way. What
/// cannot be told is forgotten; the mail is there.
/// </summary>
internal sealed partial class Announcer(
    CommitNews news, MirrorConnection redis, AnnouncingMetrics metrics, TimeProvider time, ILogger<Announcer> logger)
    : BackgroundService
{
    private static readonly TimeSpan PublishTimeout = TimeSpan.FromSeconds(5);

    private readonly StateChange _state = new(time);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        news.Dropped = count => metrics.Announced(count, AnnouncingMetrics.Dropped);
        news.Want();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var messages = new List<AnnouncedMessage>();
        while (await news.Batches.WaitToReadAsync(stoppingToken))
        {
            messages.Clear();
            while (messages.Count < AnnouncementContract.MaxMessages && news.Batches.TryRead(out var batch))
            {
                messages.AddRange(batch);
            }

            foreach (var part in messages.Chunk(AnnouncementContract.MaxMessages))
            {
                await PublishAsync(part, stoppingToken);
            }
        }
    }

    private async Task PublishAsync(AnnouncedMessage[] messages, CancellationToken ct)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(PublishTimeout);
        try
        {
            var announcement = new ArrayBufferWriter<byte>();
            AnnouncementContract.Write(announcement, messages);
            await redis.RunAsync(
                db => db.PublishAsync(
                    RedisChannel.Literal(AnnouncementContract.Channel), announcement.WrittenMemory),
                timeout.Token);
            metrics.Announced(messages.Length, AnnouncingMetrics.Published);
            if (_state.IsNews(isFailing: false))
            {
                LogAnnouncing();
            }
        }
        catch (Exception ex) when (
            !ct.IsCancellationRequested && (ex is OperationCanceledException || MirrorConnection.IsFailure(ex)))
        {
            metrics.Announced(messages.Length, AnnouncingMetrics.Failed);
            if (_state.IsNews(isFailing: true))
            {
                LogFailing(FailureReason.Of(ex));
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "New mail cannot be announced, readers see it up to two seconds later: {Reason}")]
    private partial void LogFailing(string reason);

    [LoggerMessage(LogLevel.Information, "New mail is announced again")]
    private partial void LogAnnouncing();
}
