using Cybertemp.ServiceDefaults;
using Cybertemp.Web.Access;
using Cybertemp.Web.Messages;
using Npgsql;

namespace Cybertemp.Web.Live.Feeds;

/// <summary>
/// Reads the messages that somebody listens for, many with one statement, and hands them out. While PostgreSQL is away
/// nothing is handed out and nothing is lost: the next look finds them.
/// </summary>
internal sealed partial class LiveReader(
    LiveFeeds feeds, LivePending pending, MessageReads messages, WebMetrics metrics, TimeProvider time,
    ILogger<LiveReader> logger)
    : BackgroundService
{
    private const int MaxAtOnce = 200;

    private readonly StateChange _state = new(time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            foreach (var kind in (await pending.TakeAsync(stoppingToken)).GroupBy(static p => p.Kind, static p => p.Id))
            {
                foreach (var ids in kind.Order().Chunk(MaxAtOnce)) // By their time.
                {
                    await ReadAsync(kind.Key, ids, stoppingToken);
                }
            }
        }
    }

    private async Task ReadAsync(ReaderKind kind, Guid[] ids, CancellationToken ct)
    {
        try
        {
            foreach (var summary in await messages.FindManyAsync(kind, ids, ct))
            {
                feeds.Deliver(kind, summary);
                metrics.Shown(time.GetUtcNow().UtcDateTime - summary.ReceivedAt);
            }

            if (_state.IsNews(isFailing: false))
            {
                LogShowing();
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

    [LoggerMessage(LogLevel.Warning, "New mail cannot be shown as it comes: {Reason}")]
    private partial void LogFailing(string reason);

    [LoggerMessage(LogLevel.Information, "New mail is shown as it comes again")]
    private partial void LogShowing();
}
