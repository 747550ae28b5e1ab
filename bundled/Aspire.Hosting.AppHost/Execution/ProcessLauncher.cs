using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;

namespace Aspire.Hosting.Execution;

/// <summary>
/// Starts processes that die with this one, even when it is killed. The kernel's parent-death signal is sent when the parent
/// <em>thread</em> ends, so one thread that never ends starts them all. Each gets a session of its own: Ctrl+C on the
/// terminal reaches only the AppHost, which stops them in order.
/// </summary>
internal static class ProcessLauncher
{
    private const int QueueCapacity = 256;

    private static readonly BlockingCollection<Action> Starts = new(QueueCapacity);

    static ProcessLauncher() => new Thread(RunStarts) { IsBackground = true, Name = "process launcher" }.Start();

    public static Task<Process> StartAsync(ProcessSpec spec, CancellationToken ct)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Starts.Add(
            () =>
            {
                try
                {
                    started.SetResult(Start(spec));
                }
                catch (Exception ex) when (ex is Win32Exception or IOException)
                {
                    started.SetException(new DistributedApplicationException(
                        $"'{spec.FileName}' could not be started: {ex.Message} (setsid and setpriv are needed: apt-get install util-linux)", ex));
                }
            },
            ct);
        return started.Task;
    }

    private static Process Start(ProcessSpec spec)
    {
        var start = new ProcessStartInfo("setsid")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = spec.WorkingDirectory ?? string.Empty,
        };
        foreach (var argument in Arguments(spec))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in spec.Environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.StandardInput.Write(spec.Input);
        process.StandardInput.Close();
        return process;
    }

    private static IEnumerable<string> Arguments(ProcessSpec spec)
    {
        string[] account = spec.Account is { } a ? [$"--reuid={a.UserId}", $"--regid={a.GroupId}", "--clear-groups"] : [];
        return ["setpriv", .. account, "--pdeathsig", Name(spec.DeathSignal), "--", spec.FileName, .. spec.Arguments];
    }

    private static string Name(UnixSignal signal) => signal switch
    {
        UnixSignal.Interrupt => "INT",
        UnixSignal.Quit => "QUIT",
        UnixSignal.Kill => "KILL",
        UnixSignal.Terminate => "TERM",
    };

    private static void RunStarts()
    {
        foreach (var start in Starts.GetConsumingEnumerable())
        {
            start();
        }
    }
}
