using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Cybertemp.Tests.Support;

/// <summary>
/// Starts servers that die with the test process, even after kill -9 of it. The parent-death signal fires when the
/// parent <em>thread</em> ends, so one thread that never ends starts them all.
/// </summary>
internal static class ChildProcess
{
    private static readonly BlockingCollection<Action> Starts = new(boundedCapacity: 64);

    static ChildProcess() => new Thread(RunStarts) { IsBackground = true, Name = "child processes" }.Start();

    /// <summary>
    /// Starts <paramref name="fileName"/> as <paramref name="user"/> (when root) with its output discarded or
    /// redirected, and nothing to read: a server process of PostgreSQL whose postmaster was killed while it waited for
    /// a standby reads its next command from there.
    /// </summary>
    public static async Task<Process> StartAsync(
        string? user, string signal, string fileName, params string[] arguments)
    {
        var start = new ProcessStartInfo("setpriv")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        if (user is not null && Environment.IsPrivilegedProcess)
        {
            start.ArgumentList.Add($"--reuid={user}");
            start.ArgumentList.Add($"--regid={user}");
            start.ArgumentList.Add("--clear-groups");
        }

        foreach (var argument in (string[])["--pdeathsig", signal, fileName, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        var process = await StartAsync(start);
        process.StandardInput.Close();
        return process;
    }

    /// <summary>Starts a process from the thread that never ends.</summary>
    public static Task<Process> StartAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Starts.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (System.ComponentModel.Win32Exception ex)
            {
                started.SetException(ex);
            }
        });
        return started.Task;
    }

    /// <summary>Runs to the end; a failure throws with what the process wrote.</summary>
    public static async Task RunAsync(string? user, string fileName, params string[] arguments)
    {
        using var process = await StartAsync(user, "KILL", fileName, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"{fileName} exited with {process.ExitCode}: {await output}{await errors}");
        }
    }

    /// <summary>A port that was free a moment ago, on the loopback address.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void RunStarts()
    {
        foreach (var start in Starts.GetConsumingEnumerable())
        {
            start();
        }
    }
}
