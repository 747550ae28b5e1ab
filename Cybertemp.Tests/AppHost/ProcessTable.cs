using System.Globalization;

namespace Cybertemp.Tests.AppHost;

/// <summary>The living processes of this machine; a zombie has no command line and does not count.</summary>
internal static class ProcessTable
{
    public static List<string> WithCommandLine(string text) =>
        [.. Directory.EnumerateDirectories("/proc").Select(CommandLine).Where(c => c.Contains(text, StringComparison.Ordinal))];

    public static List<int> ChildrenOf(int parent) =>
        [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(n => char.IsAsciiDigit(n![0])).Select(n => int.Parse(n!, CultureInfo.InvariantCulture))
            .Where(id => Stat(id) is [_, var parentId, ..] && parentId == $"{parent}")];

    public static bool IsAlive(int id) => Stat(id) is [not "Z", ..];

    /// <summary>State, parent and so on: what follows the name in brackets.</summary>
    private static string[] Stat(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
