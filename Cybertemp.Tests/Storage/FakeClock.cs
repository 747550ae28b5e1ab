using System.Globalization;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Storage;

/// <summary>
/// The wall clock that libfaketime shows to a process and its children; it can be set while they run. Timers stay
/// right.
/// </summary>
internal sealed class FakeClock : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("cybertemp-clock-");
    private readonly string _file;

    private FakeClock() => _file = Path.Combine(_directory.FullName, "offset");

    /// <summary>What makes a process go by this clock.</summary>
    public Dictionary<string, string> Environment => new(StringComparer.Ordinal)
    {
        ["LD_PRELOAD"] = Library(),
        ["FAKETIME_TIMESTAMP_FILE"] = _file,
        ["FAKETIME_NO_CACHE"] = "1",
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        ["NO_FAKE_STAT"] = "1",
    };

    /// <summary>A clock that shows <paramref name="now"/> now.</summary>
    public static async Task<FakeClock> AtAsync(DateTimeOffset now)
    {
        var clock = new FakeClock();
        clock.Set(now);
        await ChildProcess.RunAsync(null, "chmod", "a+rx", clock._directory.FullName);
        return clock;
    }

    /// <summary>It is <paramref name="now"/>, and time goes on from there.</summary>
    public void Set(DateTimeOffset now)
    {
        var offset = now - TimeProvider.System.GetUtcNow();
        var next = _file + ".next";
        File.WriteAllText(next, offset.TotalSeconds.ToString("+0.000;-0.000", CultureInfo.InvariantCulture));
        File.Move(next, _file, overwrite: true);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private static string Library() => Directory.GetDirectories("/usr", "lib*")
        .SelectMany(static lib => Directory.GetDirectories(lib).Prepend(lib))
        .Select(static lib => Path.Combine(lib, "faketime", "libfaketime.so.1"))
        .FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException("libfaketime is missing: install the package faketime.");
}
