namespace Aspire.Hosting.Execution;

/// <summary>Runs a program to its end.</summary>
internal static class Tool
{
    /// <summary>What it wrote to the standard output; a failure throws with what it wrote to the other.</summary>
    public static async Task<string> RunAsync(UnixAccount? account, string fileName, IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var (output, errors) = (new List<string>(), new List<string>());
        var spec = new ProcessSpec(fileName, arguments)
        {
            Account = account,
            WorkingDirectory = "/",
            Environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["LC_ALL"] = "C" },
        };
        var process = await RunningProcess.StartAsync(
            spec,
            (line, isError) =>
            {
                lock (output)
                {
                    (isError ? errors : output).Add(line);
                }
            },
            ct);
        await using var cancelled = ct.UnsafeRegister(static (p, token) => _ = ((RunningProcess)p!).StopAsync(token), process);
        var exitCode = await process.Exit;
        ct.ThrowIfCancellationRequested();
        return exitCode == 0
            ? string.Join('\n', output)
            : throw new DistributedApplicationException($"{fileName} exited with code {exitCode}: {string.Join(' ', errors)}");
    }

    /// <summary>The program's path; null when it is not in PATH.</summary>
    public static string? Find(string program) => program.Contains('/', StringComparison.Ordinal)
        ? File.Exists(program) ? program : null
        : (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(d => Path.Combine(d, program))
            .FirstOrDefault(File.Exists);
}
