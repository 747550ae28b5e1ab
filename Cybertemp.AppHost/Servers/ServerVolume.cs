using Cybertemp.ServiceDefaults.LocalStack;

namespace Cybertemp.AppHost.Servers;

/// <summary>
/// Where a server's process keeps its files. A named volume outlives the application and belongs to one AppHost at a
/// time; without a name it is temporary and removed at the end, or by the next AppHost after a crash.
/// </summary>
internal sealed class ServerVolume : IDisposable
{
    private const string TemporaryPrefix = "cybertemp-data-";

    /// <summary>A Unix socket's path has at most 107 octets; the server's file name needs some of them.</summary>
    private const int MaxSocketDirectoryLength = 80;

    private const int Attempts = 10;

    private readonly string _path;
    private readonly string? _otherSocketDirectory;
    private readonly FileStream _lock;

    private ServerVolume(string path, bool isPersistent)
    {
        (_path, IsPersistent) = (path, isPersistent);
        _lock = new FileStream(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        _otherSocketDirectory = Path.Combine(path, "run").Length > MaxSocketDirectoryLength
            ? Directory.CreateTempSubdirectory(TemporaryPrefix).FullName
            : null;
    }

    public bool IsPersistent { get; }

    /// <summary>The server's own data; not created here.</summary>
    public string DataDirectory => Path.Combine(_path, "data");

    /// <summary>For Unix sockets; not created here.</summary>
    public string SocketDirectory => _otherSocketDirectory ?? Path.Combine(_path, "run");

    /// <summary>A file beside the data.</summary>
    public string File(string name) => Path.Combine(_path, name);

    /// <summary>The volume of that name, or a temporary one for null.</summary>
    /// <exception cref="DistributedApplicationException">Another AppHost uses it.</exception>
    public static ServerVolume Open(string? name)
    {
        if (name is null)
        {
            return OpenTemporary();
        }

        var path = CreateOpenToTraversal(Path.Combine(VolumeDirectory.Path, name));
        try
        {
            return new(path, isPersistent: true);
        }
        catch (IOException ex)
        {
            throw new DistributedApplicationException(
                $"The volume '{name}' ({path}) is in use by another AppHost. Stop that one, or start this one with "
                + "--Cybertemp:EphemeralData=true",
                ex);
        }
    }

    public void Dispose()
    {
        if (_otherSocketDirectory is not null)
        {
            Directory.Delete(_otherSocketDirectory, recursive: true);
        }

        if (!IsPersistent)
        {
            Directory.Delete(_path, recursive: true);
        }

        _lock.Dispose();
    }

    private static ServerVolume OpenTemporary()
    {
        RemoveAbandoned();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var path = Path.Combine(Path.GetTempPath(), TemporaryPrefix + Path.GetRandomFileName());
                return new(CreateOpenToTraversal(path), isPersistent: false);
            }
            catch (IOException) when (attempt < Attempts)
            {
                // Between the making of a lock and its holding, somebody else's RemoveAbandoned took it.
            }
        }
    }

    private static string CreateOpenToTraversal(string path)
    {
        Directory.CreateDirectory(path);
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode Traversal = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
            System.IO.File.SetUnixFileMode(
                path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | Traversal);
        }

        return path;
    }

    /// <summary>A lock that nobody holds: its AppHost was killed.</summary>
    private static void RemoveAbandoned()
    {
        foreach (var path in Directory.EnumerateDirectories(Path.GetTempPath(), TemporaryPrefix + "*"))
        {
            try
            {
                using var exclusive = new FileStream(
                    Path.Combine(path, "lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                Directory.Delete(path, recursive: true);
            }
            catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
            {
                // In use, being made, or another user's.
            }
        }
    }
}
