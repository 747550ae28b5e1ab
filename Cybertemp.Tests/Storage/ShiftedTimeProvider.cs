namespace Cybertemp.Tests.Storage;

/// <summary>A machine whose clock is wrong by a fixed amount; its timers are right.</summary>
internal sealed class ShiftedTimeProvider(TimeSpan shift) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + shift;
}
