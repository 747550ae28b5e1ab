namespace Cybertemp.Tests.Support.Links;

/// <summary>
/// Can stop forwarding what clients send at the moment that they send a certain text: a process frozen between two
/// commands.
/// </summary>
internal sealed class PausableLink(int target) : TcpLink(target, pieceBytes: 1 << 20)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _resumed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile byte[]? _marker;
    private volatile bool _isPaused;

    public string Endpoint => $"127.0.0.1:{Port}";

    /// <summary>
    /// Pauses all clients from the first piece of input that contains <paramref name="marker"/>, which is held back.
    /// </summary>
    /// <returns>Completes when that has happened.</returns>
    public Task PauseAtAsync(byte[] marker)
    {
        _marker = marker;
        return _reached.Task;
    }

    public void Resume()
    {
        ForwardNewConnections();
        _resumed.TrySetResult();
    }

    /// <summary>What is paused stays so for good: half-open connections.</summary>
    public void ForwardNewConnections() => (_marker, _isPaused) = (null, false);

    protected override async ValueTask PassAsync(ReadOnlyMemory<byte> piece, bool isInput, CancellationToken ct)
    {
        if (isInput && !piece.IsEmpty
            && (_isPaused || (_marker is { } marker && piece.Span.IndexOf(marker) >= 0)))
        {
            _isPaused = true;
            _reached.TrySetResult();
            await _resumed.Task;
        }
    }

    protected override void Release() => _resumed.TrySetResult();
}
