using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Storage;

/// <summary>Stopping only the postmaster would leave its backends running.</summary>
internal static class PostgresSignals
{
    public static async Task SignalAllAsync(this PostgresServer server, string signal)
    {
        var children = await File.ReadAllTextAsync($"/proc/{server.ProcessId}/task/{server.ProcessId}/children");
        await ChildProcess.RunAsync(null, "kill", [$"-{signal}", $"{server.ProcessId}", .. children.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
    }
}
