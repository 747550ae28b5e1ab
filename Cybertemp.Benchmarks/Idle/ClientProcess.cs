using System.Diagnostics;

namespace Cybertemp.Benchmarks.Idle;

/// <summary>This program once more, as a client; it ends when it is disposed of.</summary>
internal sealed class ClientProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ClientProcess(Process process) => _process = process;

    /// <summary>How this program is called: itself, or the runtime with its assembly.</summary>
    public static string[] Self => Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet"
        ? [Environment.ProcessPath!, typeof(ClientProcess).Assembly.Location]
        : [Environment.ProcessPath!];

    public static ClientProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Self[0], [.. Self[1..], .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return new ClientProcess(Process.Start(start)!);
    }

    /// <summary>The next line it writes.</summary>
    public async Task<string> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync()
        ?? throw new InvalidOperationException("The client process has ended.");

    /// <summary>Makes it stop, and takes the last line that it writes.</summary>
    public async Task<string> StopAsync()
    {
        _process.StandardInput.Close();
        var line = await ReadLineAsync();
        await DisposeAsync();
        return line;
    }

    public async ValueTask DisposeAsync()
    {
        // The end of its input is the sign to stop.
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
