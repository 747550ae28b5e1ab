using System.Diagnostics;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Cli;

/// <summary>The built program, run to its end in an empty directory with nothing of the tests' environment.</summary>
internal sealed record CliProcess(int ExitCode, string Output, string Error)
{
    private static readonly string Program = Path.Combine(
        Path.GetDirectoryName(ServiceProcess.Executable("Cybertemp.Cli"))!, "cybertemp");

    public static Task<CliProcess> RunAsync(params string[] arguments) =>
        RunAsync(new Dictionary<string, string>(StringComparer.Ordinal), "", arguments);

    /// <summary>Runs it.</summary>
    /// <param name="environment">Variables; <see cref="ServiceProcess.DotEnv"/> is the text of the <c>.env</c>
    /// file.</param>
    /// <param name="input">What the standard input has.</param>
    /// <param name="arguments">As in a shell.</param>
    public static async Task<CliProcess> RunAsync(
        IReadOnlyDictionary<string, string> environment, string input, params string[] arguments)
    {
        var directory = Directory.CreateTempSubdirectory("cybertemp-cli-");
        try
        {
            return await RunAsync(Start(directory.FullName, environment, arguments), input);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task<CliProcess> RunAsync(ProcessStartInfo start, string input)
    {
        using var process = await ChildProcess.StartAsync(start);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await error);
    }

    private static ProcessStartInfo Start(
        string directory, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo("setpriv")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory,
        };
        start.Environment.Clear();
        foreach (var name in (string[])["PATH", "HOME", "DOTNET_ROOT"])
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                start.Environment[name] = value;
            }
        }

        // Where no local stack has left its file.
        start.Environment["XDG_DATA_HOME"] = directory;
        foreach (var (name, value) in environment.Where(static e => e.Key != ServiceProcess.DotEnv))
        {
            start.Environment[name] = value;
        }

        if (environment.TryGetValue(ServiceProcess.DotEnv, out var dotEnv))
        {
            File.WriteAllText(Path.Combine(directory, ".env"), dotEnv);
        }

        foreach (var argument in (string[])["--pdeathsig", "KILL", Program, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }
}
