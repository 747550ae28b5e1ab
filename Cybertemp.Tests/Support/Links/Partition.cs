namespace Cybertemp.Tests.Support.Links;

/// <summary>
/// While it is cut nothing passes and nobody is told, as when packets are lost; what was sent meanwhile arrives
/// afterwards.
/// </summary>
internal sealed class Partition(int target) : TcpLink(target, pieceBytes: 65536)
{
    private volatile TaskCompletionSource? _cut;

    public void Cut() => _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Heal()
    {
        var cut = _cut;
        _cut = null;
        cut?.TrySetResult();
    }

    protected override async ValueTask PassAsync(ReadOnlyMemory<byte> piece, bool isInput, CancellationToken ct)
    {
        while (_cut is { } cut)
        {
            await cut.Task;
        }
    }

    protected override void Release() => Heal();
}
