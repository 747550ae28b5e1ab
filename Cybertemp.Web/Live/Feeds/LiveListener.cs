using System.Threading.Channels;

namespace Cybertemp.Web.Live.Feeds;

/// <summary>
/// One open request. New messages wait here for it, up to a bound: a reader that is slower is ended and comes back with
/// its cursor. Disposing it ends the listening.
/// </summary>
internal sealed class LiveListener(LiveFeed feed) : IDisposable
{
    private const int MaxWaiting = 1_000;

    private readonly Channel<LiveMessage> _messages =
        Channel.CreateBounded<LiveMessage>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    public LiveFeed Feed => feed;

    /// <summary>Completes when the reader was too slow, or the service stops.</summary>
    public ChannelReader<LiveMessage> Messages => _messages.Reader;

    /// <summary>Only what is a stream needs signs of life.</summary>
    public bool WantsComments { get; set; }

    public void Deliver(LiveMessage message)
    {
        if (!_messages.Writer.TryWrite(message))
        {
            End();
        }
    }

    public void End() => _messages.Writer.TryComplete();

    public void Dispose() => feed.Leave(this);
}
