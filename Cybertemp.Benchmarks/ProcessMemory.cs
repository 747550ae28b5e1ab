using System.Globalization;

namespace Cybertemp.Benchmarks;

/// <summary>What a process has in memory, and the machine.</summary>
internal static class ProcessMemory
{
    /// <summary>Octets that are resident.</summary>
    public static long Of(int processId) =>
        Read(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/status"), "VmRSS:");

    /// <summary>Octets of a line of /proc/meminfo, such as <c>MemFree:</c>.</summary>
    public static long OfMachine(string line) => Read("/proc/meminfo", line);

    private static long Read(string path, string line) => long.Parse(
        File.ReadLines(path)
            .First(l => l.StartsWith(line, StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) * 1024;
}
