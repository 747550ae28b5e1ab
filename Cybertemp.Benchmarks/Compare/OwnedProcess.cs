using System.Diagnostics;

namespace Cybertemp.Benchmarks.Compare;

/// <summary>A child whose output is read and forgotten, but for the last line.</summary>
internal sealed class OwnedProcess : IAsyncDisposable
{
    private readonly Process _process;

    public OwnedProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, e) => LastLine = e.Data is { Length: > 0 } line ? line : LastLine;
        process.ErrorDataReceived += (_, e) => LastLine = e.Data is { Length: > 0 } line ? line : LastLine;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public string LastLine { get; private set; } = "it says nothing";

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
