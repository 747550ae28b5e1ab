namespace Cybertemp.Web.Live.Feeds;

/// <summary>A sign of life for every open stream each 15 s: proxies close what is silent for longer.</summary>
internal sealed class LiveComments(LiveFeeds feeds, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var feed in feeds.All)
            {
                feed.Comment();
            }
        }
    }
}
