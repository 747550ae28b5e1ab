namespace Cybertemp.Tests.Commit.Crashes;

/// <summary>One cut: of the first transaction whose parameters contain the marker.</summary>
internal sealed class PlannedCut(CommitCut kind, byte[] marker)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CommitCut Kind => kind;

    public byte[] Marker => marker;

    /// <summary>Completes when the transaction is at the point of the cut.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Completes when the test lets go.</summary>
    public Task Released => _released.Task;

    public void Reach() => _reached.TrySetResult();

    public void Release() => _released.TrySetResult();
}
