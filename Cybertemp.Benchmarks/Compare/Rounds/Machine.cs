using Cybertemp.Tests.Support;
using Microsoft.Win32.SafeHandles;

namespace Cybertemp.Benchmarks.Compare.Rounds;

/// <summary>
/// The machine as a server has it that has run for a while, and the same for each who is measured. What is free on a
/// virtual machine may be its host's: who touches it first pays 12 µs for 8 KB, and what was written before is flushed
/// while somebody else waits for the disk.
/// </summary>
internal static class Machine
{
    private const long Stretch = 1L << 30;

    /// <summary>Free memory is as little as the kernel lets it be when a stretch takes less.</summary>
    private const long LeastTaken = Stretch / 4;

    private static readonly byte[] Buffer = new byte[1 << 20];
    private static readonly long Total = ProcessMemory.OfMachine("MemTotal:");
    private static readonly long Length = 4 * Total;
    private static readonly SafeFileHandle Holes = CreateHoles();

    private static long _next;

    /// <summary>Nothing is left to be written, and hardly any memory is free; takes up to a minute at first.</summary>
    public static async Task SettleAsync()
    {
        await ChildProcess.RunAsync(null, "sync");
        FillMemory();
    }

    /// <summary>
    /// Reads holes of a file into the page cache, where they make way for whatever is wanted, until little is free.
    /// </summary>
    private static void FillMemory()
    {
        var (free, taken) = (ProcessMemory.OfMachine("MemFree:"), Stretch);
        for (var read = 0L; read < Total && taken > LeastTaken; read += Stretch)
        {
            for (var end = _next + Stretch; _next < end; _next += Buffer.Length)
            {
                RandomAccess.Read(Holes, Buffer, _next % Length);
            }

            var left = ProcessMemory.OfMachine("MemFree:");
            (taken, free) = (free - left, left);
        }
    }

    // Gone with this process, however that ends.
    private static SafeFileHandle CreateHoles()
    {
        var path = Path.GetTempFileName();
        var file = File.OpenHandle(path, access: FileAccess.ReadWrite);
        File.Delete(path);
        RandomAccess.SetLength(file, Length);
        return file;
    }
}
