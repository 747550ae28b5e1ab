using System.Globalization;

namespace Aspire.Hosting.Execution;

/// <summary>
/// The lock file that a killed server leaves behind. PostgreSQL refuses to start when its process id belongs to any process
/// of the same account now; we hold the volume's own lock, so that only a server of this very data may keep us waiting.
/// </summary>
internal static class PostmasterPid
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Returns when no server uses the data.</summary>
    public static async Task ClearAsync(string dataDirectory, CancellationToken ct)
    {
        var file = Path.Combine(dataDirectory, "postmaster.pid");
        if (!File.Exists(file))
        {
            return;
        }

        if (int.TryParse((await File.ReadAllLinesAsync(file, ct)).FirstOrDefault(), CultureInfo.InvariantCulture, out var processId))
        {
            await WaitForEndAsync(processId, dataDirectory, ct);
        }

        File.Delete(file);
    }

    private static async Task WaitForEndAsync(int processId, string dataDirectory, CancellationToken ct)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(Timeout);
        try
        {
            while (IsServerOf(processId, dataDirectory))
            {
                _ = NativeMethods.Kill(processId, (int)UnixSignal.Interrupt);
                await Task.Delay(PollInterval, timeout.Token);
            }
        }
        catch (OperationCanceledException ex) when (!ct.IsCancellationRequested)
        {
            throw new DistributedApplicationException($"Another server, process {processId}, uses {dataDirectory} and does not stop.", ex);
        }
    }

    /// <summary>A zombie has no command line.</summary>
    private static bool IsServerOf(int processId, string dataDirectory)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/cmdline").Split('\0').Contains(dataDirectory, StringComparer.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
