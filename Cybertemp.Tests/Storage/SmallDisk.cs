using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Storage;

/// <summary>
/// A file system in memory that belongs to PostgreSQL and can be made as small as its contents: full. Needs root.
/// </summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    // What is left when it is "full": the load under test takes it within moments.
    private const long Rest = 256 * 1024;

    private readonly string _size;

    private SmallDisk(string directory, string size) => (Directory, _size) = (directory, size);

    public string Directory { get; }

    private DriveInfo Drive => new(Directory);

    /// <summary>Mounts an empty one.</summary>
    /// <param name="directory">What it covers.</param>
    /// <param name="size">As mount understands it.</param>
    public static async Task<SmallDisk> MountAsync(string directory, string size)
    {
        await ChildProcess.RunAsync(
            null, "mount", "-t", "tmpfs", "-o", $"size={size},mode=700,uid=postgres,gid=postgres", "tmpfs", directory);
        return new(directory, size);
    }

    /// <summary>Puts all data of a server on one.</summary>
    public static async Task<SmallDisk> UnderAsync(PostgresServer server, string size)
    {
        await server.StopAsync();
        var original = server.DataDirectory + ".original";
        System.IO.Directory.Move(server.DataDirectory, original);
        System.IO.Directory.CreateDirectory(server.DataDirectory);
        var disk = await MountAsync(server.DataDirectory, size);
        await ChildProcess.RunAsync(null, "cp", "-a", $"{original}/.", server.DataDirectory);
        System.IO.Directory.Delete(original, recursive: true);
        await server.RestartAsync();
        return disk;
    }

    /// <summary>Shrinks it to what is in use.</summary>
    public async Task FillAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await ResizeAsync($"{Drive.TotalSize - Drive.TotalFreeSpace + Rest}");
                return;
            }
            catch (InvalidOperationException) when (attempt < 100)
            {
                // Refused because more is in use by now.
            }
        }
    }

    public Task FreeAsync() => ResizeAsync(_size);

    public Task ResizeAsync(string size) =>
        ChildProcess.RunAsync(null, "mount", "-o", $"remount,size={size}", Directory);

    public async ValueTask DisposeAsync() => await ChildProcess.RunAsync(null, "umount", Directory);
}
