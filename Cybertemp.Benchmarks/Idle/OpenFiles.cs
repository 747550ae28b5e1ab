using System.Diagnostics;
using System.Globalization;

namespace Cybertemp.Benchmarks.Idle;

/// <summary>The limit of open files, sockets included.</summary>
internal static class OpenFiles
{
    /// <summary>Raises the process's limit when it is too low; only root may go above the hard one.</summary>
    public static async Task EnsureAsync(int count)
    {
        if (HardLimit() >= count)
        {
            // The runtime has raised the soft limit to the hard one.
            return;
        }

        using var prlimit = Process.Start("prlimit", ["--pid", $"{Environment.ProcessId}", $"--nofile={count}"]);
        await prlimit.WaitForExitAsync();
        if (prlimit.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"{count} open files are needed: run as root, or raise the hard limit (ulimit -Hn).");
        }
    }

    private static long HardLimit()
    {
        var line = File.ReadLines("/proc/self/limits")
            .Single(static l => l.StartsWith("Max open files", StringComparison.Ordinal));
        var hard = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[4];
        return long.TryParse(hard, CultureInfo.InvariantCulture, out var limit) ? limit : long.MaxValue;
    }
}
