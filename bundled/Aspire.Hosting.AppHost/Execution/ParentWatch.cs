using System.Globalization;

namespace Aspire.Hosting.Execution;

/// <summary>
/// An AppHost that <c>dotnet run</c> started ends with it, also when <c>dotnet run</c> is killed. Any other parent, a shell
/// that was closed for instance, may go.
/// </summary>
internal sealed class ParentWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Timer _timer;

    private ParentWatch(int parent, Action onEnd) =>
        _timer = new Timer(
            _ =>
            {
                if (Parent() != parent)
                {
                    onEnd();
                }
            },
            null,
            Interval,
            Interval);

    /// <summary>Null when there is nothing to watch.</summary>
    public static ParentWatch? Start(Action onEnd) => Parent() is { } parent && IsDotNetRun(parent) ? new ParentWatch(parent, onEnd) : null;

    public void Dispose() => _timer.Dispose();

    /// <summary>The fourth field of stat; the second, the name in brackets, may contain spaces.</summary>
    private static int? Parent()
    {
        const string Stat = "/proc/self/stat";
        return File.Exists(Stat) && File.ReadAllText(Stat) is var stat
            ? int.Parse(stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
            : null;
    }

    private static bool IsDotNetRun(int processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/cmdline").Split('\0') is [var program, .. var arguments]
                && Path.GetFileName(program) == "dotnet" && arguments.Contains("run", StringComparer.Ordinal);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
