using System.Globalization;

namespace Aspire.Hosting.Execution;

/// <summary>Who listens on a port, as far as /proc tells us.</summary>
internal static class PortHolder
{
    private const string Listening = "0A";

    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>For instance <c>nginx (pid 4711)</c>; null when unknown.</summary>
    public static string? Find(int port)
    {
        try
        {
            var sockets = SocketsOf(port).Select(inode => $"socket:[{inode}]").ToHashSet(StringComparer.Ordinal);
            return Directory.EnumerateDirectories("/proc")
                .Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0]) && Holds(d, sockets))
                .Select(d => $"{File.ReadAllText(Path.Combine(d, "comm")).Trim()} (pid {Path.GetFileName(d)})")
                .FirstOrDefault();
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static IEnumerable<string> SocketsOf(int port) =>
        from file in Tables
        where File.Exists(file)
        from line in File.ReadLines(file).Skip(1)
        let fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        let localPort = fields[1][(fields[1].LastIndexOf(':') + 1)..]
        where fields[3] == Listening && int.Parse(localPort, NumberStyles.HexNumber, CultureInfo.InvariantCulture) == port
        select fields[9];

    private static bool Holds(string process, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFiles(Path.Combine(process, "fd"))
                .Any(fd => new FileInfo(fd).LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
