namespace Cybertemp.AppHost.Servers.Postgres;

/// <summary>The data directory of a <see cref="PostgresProcess"/>, before the server starts.</summary>
internal static class PostgresData
{
    /// <summary>Makes the data when there is none, gives it to the account, clears what a killed server left.</summary>
    public static async Task PrepareAsync(
        PostgresBinaries binaries, ServerAccount account, ServerVolume volume, CancellationToken ct)
    {
        await account.CreateDirectoryAsync(volume.SocketDirectory, ct);
        if (!Directory.Exists(volume.DataDirectory))
        {
            await InitializeAsync(binaries, account, volume, ct);
        }

        await account.TakeAsync(volume.DataDirectory, ct);
        await PostmasterPid.ClearAsync(volume.DataDirectory, ct);
    }

    /// <summary>Into a directory of another name first: half an initialisation is not taken for data.</summary>
    private static async Task InitializeAsync(
        PostgresBinaries binaries, ServerAccount account, ServerVolume volume, CancellationToken ct)
    {
        var unfinished = volume.DataDirectory + ".new";
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        await account.CreateDirectoryAsync(unfinished, ct);
        string[] durability = volume.IsPersistent ? [] : ["--no-sync"];
        var locale = Directory.Exists("/usr/lib/locale/C.utf8") ? "C.UTF-8" : "C";
        await account.RunAsync(
            [
                binaries.InitDb, "-D", unfinished, "-U", PostgresProcess.UserName, "-E", "UTF8", $"--locale={locale}",
                "--auth-local=trust", "--auth-host=scram-sha-256", .. durability,
            ],
            ct);
        Directory.Move(unfinished, volume.DataDirectory);
    }
}
