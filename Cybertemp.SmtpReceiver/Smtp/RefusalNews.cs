using System.Threading.Channels;
using Cybertemp.Mail.Refusals;

namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>
/// Refusals that wait to be told to operators. Adding never waits: when nobody takes them fast enough the oldest are
/// forgotten. Thread-safe.
/// </summary>
internal sealed class RefusalNews
{
    private const int MaxWaiting = 1_000;

    private readonly Channel<Refusal> _refusals = Channel.CreateBounded<Refusal>(
        new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private volatile bool _isWanted;

    /// <summary>There is a reader.</summary>
    public bool IsWanted => _isWanted;

    /// <summary>Whoever reads it has called <see cref="Want"/>.</summary>
    public ChannelReader<Refusal> Refusals => _refusals.Reader;

    /// <summary>From now on there is a reader.</summary>
    public void Want() => _isWanted = true;

    public void Add(Refusal refusal) => _refusals.Writer.TryWrite(refusal);
}
