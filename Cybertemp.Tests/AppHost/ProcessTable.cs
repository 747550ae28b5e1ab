namespace Cybertemp.Tests.AppHost;

/// <summary>The living processes of this machine; a zombie has no command line and does not count.</summary>
internal static class ProcessTable
{
    /// <summary>The command lines of those that were started with this in their environment.</summary>
    public static List<string> WithEnvironment(string variable) =>
        [.. Directory.EnumerateDirectories("/proc").Where(
            p => Read(p, "environ").Split('\0').Contains(variable, StringComparer.Ordinal))
            .Select(static p => Read(p, "cmdline").Replace('\0', ' ')).Where(static c => c.Length > 0)];

    private static string Read(string process, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, file));
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
