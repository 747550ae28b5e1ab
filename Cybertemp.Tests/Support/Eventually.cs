using System.Diagnostics;

namespace Cybertemp.Tests.Support;

/// <summary>Waits, bounded, for what another process or thread brings about.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    public static Task TrueAsync(Func<bool> condition) => TrueAsync(() => Task.FromResult(condition()));

    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(waited.Elapsed < Bound, "The condition did not come true in time.");
            await Task.Delay(2);
        }
    }
}
