using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>
/// Where a local server keeps its files. A named volume outlives the application and belongs to one AppHost at a time;
/// without a volume it is temporary and removed at the end, or by the next AppHost after a crash.
/// </summary>
internal sealed class VolumeDirectory : IDisposable
{
    private const string TemporaryPrefix = "aspire-data-";

    /// <summary>A path of a Unix socket has at most 107 bytes; the server's file name needs some of them.</summary>
    private const int MaxRunDirectoryLength = 80;

    private const int Attempts = 10;

    private readonly string _path;
    private readonly FileStream _lock;
    private readonly string? _otherRunDirectory;

    private VolumeDirectory(string path, FileStream exclusive, bool isPersistent)
    {
        (_path, _lock, IsPersistent) = (path, exclusive, isPersistent);
        _otherRunDirectory = Path.Combine(path, "run").Length > MaxRunDirectoryLength
            ? Directory.CreateTempSubdirectory(TemporaryPrefix).FullName
            : null;
        Directory.CreateDirectory(RunDirectory);
    }

    public bool IsPersistent { get; }

    /// <summary>The server's own data; not created here.</summary>
    public string DataDirectory => Path.Combine(_path, "data");

    /// <summary>For sockets.</summary>
    public string RunDirectory => _otherRunDirectory ?? Path.Combine(_path, "run");

    public static VolumeDirectory Open(IResource resource)
    {
        if (resource.Annotations.OfType<ContainerMountAnnotation>().FirstOrDefault(m => m.Type is ContainerMountType.Volume) is not { Source: { } volume })
        {
            return OpenTemporary();
        }

        var path = Path.Combine(Root(), volume);
        Directory.CreateDirectory(path);
        try
        {
            return new VolumeDirectory(path, Lock(path), isPersistent: true);
        }
        catch (IOException ex)
        {
            throw new DistributedApplicationException($"The volume '{volume}' ({path}) is in use by another AppHost.", ex);
        }
    }

    public void Dispose()
    {
        if (_otherRunDirectory is not null)
        {
            Directory.Delete(_otherRunDirectory, recursive: true);
        }

        if (!IsPersistent)
        {
            Directory.Delete(_path, recursive: true);
        }

        _lock.Dispose();
    }

    private static VolumeDirectory OpenTemporary()
    {
        RemoveAbandoned();
        for (var attempt = 1; ; attempt++)
        {
            var path = Directory.CreateTempSubdirectory(TemporaryPrefix).FullName;
            OpenToTraversal(path);
            try
            {
                return new VolumeDirectory(path, Lock(path), isPersistent: false);
            }
            catch (IOException) when (attempt < Attempts)
            {
                // Between the making of a lock and its holding, somebody else's RemoveAbandoned took it.
            }
        }
    }

    /// <summary>A server's unprivileged account cannot enter the home directory of root.</summary>
    private static string Root() => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } dataHome ? dataHome
            : Environment.IsPrivilegedProcess ? "/var/lib"
            : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "aspire",
        "volumes");

    private static FileStream Lock(string path) =>
        new(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    private static void OpenToTraversal(string path)
    {
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
        {
            File.SetUnixFileMode(
                path,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }
    }

    /// <summary>A lock that nobody holds: its AppHost was killed.</summary>
    private static void RemoveAbandoned()
    {
        foreach (var path in Directory.EnumerateDirectories(Path.GetTempPath(), TemporaryPrefix + "*"))
        {
            try
            {
                using var exclusive = new FileStream(Path.Combine(path, "lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                Directory.Delete(path, recursive: true);
            }
            catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
            {
                // In use, being made, or another user's.
            }
        }
    }
}
