using System.Diagnostics;

namespace Cybertemp.Benchmarks.Load;

/// <summary>
/// This process as a load generator, which should take little of the processors that it shares with what it measures.
/// </summary>
internal static class LoadProcess
{
    private const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>
    /// Goes on in the thread that hears from a socket, without another one in between. Only before this process's first
    /// socket.
    /// </summary>
    public static void CompleteInline() => Environment.SetEnvironmentVariable(Variable, "1");

    /// <summary>A server that this process starts has its own way.</summary>
    public static void LeaveTo(ProcessStartInfo server) => server.Environment.Remove(Variable);
}
