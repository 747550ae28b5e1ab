using System.Globalization;

namespace Cybertemp.Cli.Doctor;

/// <summary>The disk of PostgreSQL's data, where it is this machine's and can be seen.</summary>
internal static class DiskCheck
{
    private const string Subject = "disk";
    private const long MinFreeBytes = 1L << 30;

    /// <summary>Compares what is free with what may come.</summary>
    /// <param name="state">With the data's directory.</param>
    /// <param name="limit">Storage:MaxDatabaseBytes; 0 is no limit.</param>
    public static Finding Run(DatabaseState state, long limit)
    {
        if (FreeBytes(state.DataDirectory) is not { } free)
        {
            return Finding.Note(Subject, "PostgreSQL's cannot be seen from here, or not by this role");
        }

        var text = string.Create(
            CultureInfo.InvariantCulture, $"{free >> 20} MiB are free where PostgreSQL keeps its data");
        return free < MinFreeBytes ? Finding.Problem(Subject, text, "make room before PostgreSQL stops")
            : limit - state.Bytes > free ? Finding.Problem(
                Subject, $"{text}, less than Storage:MaxDatabaseBytes lets come", "lower the limit or make room")
            : Finding.Ok(Subject, text);
    }

    private static long? FreeBytes(string? directory)
    {
        try
        {
            return directory is not null && Directory.Exists(directory)
                ? new DriveInfo(directory).AvailableFreeSpace
                : null;
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
