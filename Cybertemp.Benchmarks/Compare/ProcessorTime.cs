using System.Globalization;

namespace Cybertemp.Benchmarks.Compare;

/// <summary>What processes have used of the processors, user and system.</summary>
internal static class ProcessorTime
{
    // Fields of /proc/PID/stat behind the name, which may hold anything.
    private const int Parent = 1;
    private const int User = 11;
    private const int ChildrenSystem = 14;
    private const double TicksPerSecond = 100;

    /// <summary>Of one process without its children.</summary>
    public static TimeSpan Of(int processId)
    {
        using var process = System.Diagnostics.Process.GetProcessById(processId);
        return process.TotalProcessorTime;
    }

    /// <summary>Of a process and of its children, those that have ended included.</summary>
    public static TimeSpan OfTree(int processId)
    {
        var ticks = 0L;
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(static d => char.IsAsciiDigit(d[6])))
        {
            if (Stat(folder) is not { } stat)
            {
                continue;
            }

            var isRoot = Path.GetFileName(folder) == processId.ToString(CultureInfo.InvariantCulture);
            if (isRoot || stat[Parent] == processId)
            {
                ticks += stat[User..(ChildrenSystem + 1)].Sum();
            }
        }

        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    /// <summary>Null when the process has ended meanwhile.</summary>
    private static long[]? Stat(string folder)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ').Take(ChildrenSystem + 1);
            return [.. fields.Select(static f => long.TryParse(f, CultureInfo.InvariantCulture, out var n) ? n : 0)];
        }
        catch (IOException)
        {
            return null;
        }
    }
}
