using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Storage;

/// <summary>Stopping only the postmaster would leave its backends running.</summary>
internal static class PostgresSignals
{
    public static Task SignalAllAsync(this PostgresServer server, string signal)
    {
        // The postmaster first, so that no child is born meanwhile; one that ends by itself is no failure.
        var children = $"$(cat /proc/{server.ProcessId}/task/{server.ProcessId}/children)";
        return ChildProcess.RunAsync(
            null, "sh", "-c", $"kill -{signal} {server.ProcessId} && for child in {children}; do kill "
                + $"-{signal} $child 2>/dev/null || true; done");
    }
}
