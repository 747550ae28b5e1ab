using System.Globalization;
using Cybertemp.Benchmarks.Idle;

namespace Cybertemp.Benchmarks.Compare;

/// <summary>The receiver's SMTP in a process of its own, with nothing behind it.</summary>
internal static class DiscardRole
{
    public const string Role = "discard";

    /// <summary>Never completes.</summary>
    public static async Task RunAsync(string port)
    {
        await using var server = await DiscardServer.StartAsync(int.Parse(port, CultureInfo.InvariantCulture));
        await Task.Delay(Timeout.InfiniteTimeSpan);
    }
}
