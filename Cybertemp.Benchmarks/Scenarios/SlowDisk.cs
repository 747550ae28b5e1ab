using System.ComponentModel;
using Cybertemp.Tests.Support;

namespace Cybertemp.Benchmarks.Scenarios;

/// <summary>
/// What makes PostgreSQL's disk slow: a library that is preloaded and sleeps after each flush. It is compiled here.
/// </summary>
internal sealed class SlowDisk : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cybertemp-slow-").FullName;

    private SlowDisk()
    {
    }

    private string Library => Path.Combine(_folder, "slow_fsync.so");

    /// <summary>Compiles the library.</summary>
    /// <exception cref="InvalidOperationException">There is no compiler.</exception>
    public static async Task<SlowDisk> CompileAsync()
    {
        var disk = new SlowDisk();
        var source = Path.Combine(Repository.Root, "Cybertemp.Benchmarks", "Scenarios", "slow_fsync.c");
        try
        {
            await ChildProcess.RunAsync(null, "gcc", "-shared", "-fPIC", "-O2", "-o", disk.Library, source, "-ldl");
        }
        catch (Exception ex) when (ex is Win32Exception or InvalidOperationException)
        {
            disk.Dispose();
            throw new InvalidOperationException("It does not compile; is gcc there (apt-get install gcc)?", ex);
        }

        // PostgreSQL runs as another user.
        await ChildProcess.RunAsync(null, "chmod", "-R", "a+rX", disk._folder);
        return disk;
    }

    /// <summary>Variables of a process whose disk is to be slower.</summary>
    public string[] Slower(TimeSpan delay) =>
        [$"LD_PRELOAD={Library}", FormattableString.Invariant($"SLOW_FSYNC_MICROSECONDS={delay.TotalMicroseconds:0}")];

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
