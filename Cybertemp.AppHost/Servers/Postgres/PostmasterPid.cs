using System.Globalization;

namespace Cybertemp.AppHost.Servers.Postgres;

/// <summary>
/// The lock file that a killed server leaves behind. PostgreSQL refuses to start when its process id belongs to any
/// process of the same account now; the volume's own lock is ours, so that only a server of this very data may keep us
/// waiting.
/// </summary>
internal static class PostmasterPid
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Stops what an AppHost that was killed has left, and returns when no server uses the data.</summary>
    /// <exception cref="DistributedApplicationException">It does not stop within 30 s.</exception>
    public static async Task ClearAsync(string dataDirectory, CancellationToken ct)
    {
        var file = Path.Combine(dataDirectory, "postmaster.pid");
        if (!File.Exists(file))
        {
            return;
        }

        var lines = await File.ReadAllLinesAsync(file, ct);
        if (int.TryParse(lines.FirstOrDefault(), CultureInfo.InvariantCulture, out var processId)
            && IsServerOf(processId, dataDirectory))
        {
            await StopAsync(processId, dataDirectory, ct);
        }

        File.Delete(file);
    }

    private static async Task StopAsync(int processId, string dataDirectory, CancellationToken ct)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(Timeout);
        try
        {
            await LocalCommand.RunAsync("kill", ["-INT", $"{processId}"], timeout.Token);
            while (IsServerOf(processId, dataDirectory))
            {
                await Task.Delay(PollInterval, timeout.Token);
            }
        }
        catch (OperationCanceledException ex) when (!ct.IsCancellationRequested)
        {
            throw new DistributedApplicationException(
                $"Another PostgreSQL, process {processId}, uses {dataDirectory} and does not stop.", ex);
        }
    }

    /// <summary>A zombie has no command line.</summary>
    private static bool IsServerOf(int processId, string dataDirectory)
    {
        try
        {
            var commandLine = File.ReadAllText($"/proc/{processId}/cmdline").Split('\0');
            return commandLine.Contains(dataDirectory, StringComparer.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
