namespace Aspire.Hosting.Execution;

/// <summary>What a local server has to work with.</summary>
internal sealed record LocalServerContext(VolumeDirectory Volume, int Port, UnixAccount? Account, ResourceLog Log)
{
    /// <summary>The product and its version, once known.</summary>
    public string? Description { get; set; }

    /// <summary>Command lines for a person who wants to look into it.</summary>
    public IReadOnlyList<string> Hints { get; set; } = [];

    /// <summary>Makes a directory that only the server's account may enter.</summary>
    public async Task CreateOwnDirectoryAsync(string path, CancellationToken ct)
    {
        Directory.CreateDirectory(path);
        await TakeAsync(path, ct);
    }

    /// <summary>Gives a directory and all in it to the server's account, also after a start under another one.</summary>
    public async Task TakeAsync(string path, CancellationToken ct)
    {
        if (Account is { } account)
        {
            await Tool.RunAsync(null, "chown", ["-R", $"{account.UserId}:{account.GroupId}", path], ct);
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
