namespace Cybertemp.Tests.Support.Links;

/// <summary>
/// Of a bandwidth, each direction for itself, that all of its connections share: a token bucket of a twentieth of a
/// second.
/// </summary>
/// <param name="target">The port that is connected to.</param>
/// <param name="bytesPerSecond">In each direction.</param>
internal sealed class ThrottledLink(int target, int bytesPerSecond) : TcpLink(target, bytesPerSecond / 20)
{
    private readonly Direction _up = new(bytesPerSecond);
    private readonly Direction _down = new(bytesPerSecond);

    protected override ValueTask PassAsync(ReadOnlyMemory<byte> piece, bool isInput, CancellationToken ct) =>
        (isInput ? _up : _down).TakeAsync(piece.Length, ct);

    /// <summary>Who comes first is served first; what was spent is waited for.</summary>
    private sealed class Direction(int bytesPerSecond)
    {
        private readonly Lock _lock = new();
        private readonly long _started = TimeProvider.System.GetTimestamp();
        private double _spentUntil;

        public async ValueTask TakeAsync(int bytes, CancellationToken ct)
        {
            double wait;
            lock (_lock)
            {
                var now = TimeProvider.System.GetElapsedTime(_started).TotalSeconds;
                _spentUntil = Math.Max(_spentUntil, now) + ((double)bytes / bytesPerSecond);
                wait = _spentUntil - now;
            }

            if (wait > 0.05)
            {
                await Task.Delay(TimeSpan.FromSeconds(wait), ct);
            }
        }
    }
}
