using System.Runtime.InteropServices;

namespace Aspire.Hosting.Execution;

internal static partial class NativeMethods
{
    /// <summary>A negative process id means the whole process group.</summary>
    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int Kill(int processId, int signal);
}
