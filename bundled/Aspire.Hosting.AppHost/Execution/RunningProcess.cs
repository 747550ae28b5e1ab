using System.Diagnostics;
using System.Text;

namespace Aspire.Hosting.Execution;

/// <summary>A started process: its lines go to a log, and it is stopped by a signal and killed when that takes too long.</summary>
internal sealed class RunningProcess
{
    /// <summary>A longer line is cut into several.</summary>
    private const int MaxLineLength = 16 * 1024;

    /// <summary>A grandchild may hold the pipes open after the process has ended.</summary>
    private static readonly TimeSpan OutputTimeout = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly ProcessSpec _spec;

    private RunningProcess(Process process, ProcessSpec spec, Action<string, bool> log)
    {
        _process = process;
        _spec = spec;
        var output = Task.WhenAll(
            ReadLinesAsync(process.StandardOutput, line => log(line, false)), ReadLinesAsync(process.StandardError, line => log(line, true)));
        Exit = WaitForExitAsync(output);
    }

    public int Id => _process.Id;

    /// <summary>Its exit code, after its last line.</summary>
    public Task<int> Exit { get; }

    public static async Task<RunningProcess> StartAsync(ProcessSpec spec, Action<string, bool> log, CancellationToken ct) =>
        new(await ProcessLauncher.StartAsync(spec, ct), spec, log);

    /// <summary>Asks it to stop; kills it and what it started when it does not in time, or when <paramref name="force"/> says so.</summary>
    public async Task StopAsync(CancellationToken force)
    {
        if (!Exit.IsCompleted && !force.IsCancellationRequested)
        {
            Signal(_process.Id, _spec.StopSignal);
            await Task.WhenAny(Exit, Task.Delay(_spec.StopTimeout, force));
        }

        if (!Exit.IsCompleted)
        {
            Signal(-_process.Id, UnixSignal.Kill);
            await Exit;
        }
    }

    private static void Signal(int processId, UnixSignal signal) => _ = NativeMethods.Kill(processId, (int)signal);

    private static async Task ReadLinesAsync(StreamReader reader, Action<string> log)
    {
        var (buffer, line) = (new char[4096], new StringBuilder());
        int count;
        while ((count = await reader.ReadAsync(buffer)) > 0)
        {
            foreach (var c in buffer.AsSpan(0, count))
            {
                if (c is '\n' || line.Length == MaxLineLength)
                {
                    log(line.ToString().TrimEnd('\r'));
                    line.Clear();
                }

                if (c is not '\n')
                {
                    line.Append(c);
                }
            }
        }

        if (line.Length > 0)
        {
            log(line.ToString());
        }
    }

    private async Task<int> WaitForExitAsync(Task output)
    {
        await _process.WaitForExitAsync();
        await Task.WhenAny(output, Task.Delay(OutputTimeout));
        var exitCode = _process.ExitCode;

        // What it left behind in its process group has no owner any more.
        Signal(-_process.Id, UnixSignal.Kill);
        return exitCode;
    }
}
