using System.Collections.Concurrent;
using System.Diagnostics;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.AppHost;

/// <summary>The built AppHost as a process of its own, with its console output.</summary>
internal sealed class AppHostProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _awaited = new(StringComparer.Ordinal);

    private AppHostProcess(Process process) => _process = process;

    /// <summary>Where the orchestrator and the dashboard are, whatever HOME is.</summary>
    public static string Packages => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    public int Id => _process.Id;

    public string Output => string.Join('\n', _lines);

    public static async Task<AppHostProcess> StartAsync(
        IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        // Tests that a shell started in the background would hand down its ignored SIGINT.
        var start = new ProcessStartInfo("env")
        {
            WorkingDirectory = Projects.Cybertemp_AppHost.ProjectPath,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])[
            "--default-signal=INT", ServiceProcess.Executable("Cybertemp.AppHost"), .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var host = new AppHostProcess(await ChildProcess.StartAsync(start));
        host._process.OutputDataReceived += (_, e) => host.Add(e.Data);
        host._process.ErrorDataReceived += (_, e) => host.Add(e.Data);
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        return host;
    }

    /// <summary>The first line, also of those already written, that contains the text.</summary>
    public async Task<string> WaitForLineAsync(string text, CancellationToken ct)
    {
        var awaited = _awaited.GetOrAdd(
            text, _ => new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));
        if (_lines.FirstOrDefault(l => l.Contains(text, StringComparison.Ordinal)) is { } line)
        {
            return line;
        }

        using var bound = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var first = await Task.WhenAny(awaited.Task, _process.WaitForExitAsync(bound.Token));
        await bound.CancelAsync();
        return first == awaited.Task
            ? await awaited.Task
            : throw new TimeoutException($"No line with '{text}' in:\n{Output}");
    }

    public async Task<int> WaitForExitAsync(CancellationToken ct)
    {
        await _process.WaitForExitAsync(ct);
        return _process.ExitCode;
    }

    public Task SignalAsync(string signal) => ChildProcess.RunAsync(null, "kill", $"-{signal}", $"{Id}");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Add(string? line)
    {
        if (line is null)
        {
            return;
        }

        _lines.Enqueue(line);
        foreach (var (text, awaited) in _awaited)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                awaited.TrySetResult(line);
            }
        }
    }
}
