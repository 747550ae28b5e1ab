using System.Globalization;

namespace Cybertemp.AppHost.Servers;

/// <summary>
/// Who a server runs as: an account of its own when the AppHost is root, since PostgreSQL refuses root; else the
/// caller.
/// </summary>
internal sealed class ServerAccount
{
    private readonly (int User, int Group)? _ids;

    private ServerAccount((int User, int Group)? ids) => _ids = ids;

    /// <summary>For root the account of that name, else nobody.</summary>
    public static ServerAccount For(string server)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new(null);
        }

        var accounts = File.ReadLines("/etc/passwd").Select(static line => line.Split(':')).ToList();
        var account = accounts.Find(a => a[0] == server) ?? accounts.Find(static a => a[0] == "nobody")
            ?? throw new DistributedApplicationException(
                $"{server} cannot run as root, and this machine has neither an account '{server}' nor 'nobody'.");
        return new((Number(account[2]), Number(account[3])));
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The command line that runs the program as this account; setpriv replaces itself by it.</summary>
    public IReadOnlyList<string> CommandLine(params string[] command) => _ids is { } ids
        ? ["setpriv", $"--reuid={ids.User}", $"--regid={ids.Group}", "--clear-groups", "--", .. command]
        : command;

    public Task<string> RunAsync(string[] command, CancellationToken ct)
    {
        var line = CommandLine(command);
        return LocalCommand.RunAsync(line[0], line.Skip(1), ct);
    }

    /// <summary>Makes a directory that only this account may enter.</summary>
    public async Task CreateDirectoryAsync(string path, CancellationToken ct)
    {
        Directory.CreateDirectory(path);
        await TakeAsync(path, ct);
    }

    /// <summary>Gives a file, or a directory and all in it, to this account alone, whoever had it before.</summary>
    public async Task TakeAsync(string path, CancellationToken ct)
    {
        if (_ids is { } ids)
        {
            await LocalCommand.RunAsync("chown", ["-R", $"{ids.User}:{ids.Group}", path], ct);
        }

        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode ReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            File.SetUnixFileMode(path, Directory.Exists(path) ? ReadWrite | UnixFileMode.UserExecute : ReadWrite);
        }
    }
}
