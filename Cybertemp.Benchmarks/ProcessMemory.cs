using System.Globalization;

namespace Cybertemp.Benchmarks;

/// <summary>What a process has in memory.</summary>
internal static class ProcessMemory
{
    /// <summary>Octets that are resident.</summary>
    public static long Of(int processId) => long.Parse(
        File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/status"))
            .First(static l => l.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) * 1024;
}
