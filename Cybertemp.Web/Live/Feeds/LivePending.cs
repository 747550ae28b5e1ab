using System.Threading.Channels;
using Cybertemp.Web.Access;

namespace Cybertemp.Web.Live.Feeds;

/// <summary>
/// Messages that have to be read for somebody who listens. While a read is on its way they gather, each once. Beyond a
/// bound they are forgotten: whoever listens looks again. Thread-safe.
/// </summary>
internal sealed class LivePending
{
    private const int MaxWaiting = 20_000;

    private readonly Lock _lock = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private HashSet<(ReaderKind Kind, Guid Id)> _waiting = [];

    public void Add(ReaderKind kind, params ReadOnlySpan<Guid> ids)
    {
        lock (_lock)
        {
            foreach (var id in ids)
            {
                if (_waiting.Count < MaxWaiting)
                {
                    _waiting.Add((kind, id));
                }
            }
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>All that wait, once some do.</summary>
    public async Task<IReadOnlyCollection<(ReaderKind Kind, Guid Id)>> TakeAsync(CancellationToken ct)
    {
        await _signal.Reader.ReadAsync(ct);
        lock (_lock)
        {
            var taken = _waiting;
            _waiting = [];
            return taken;
        }
    }
}
