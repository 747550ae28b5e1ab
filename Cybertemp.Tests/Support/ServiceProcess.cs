using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Cybertemp.Tests.Support;

/// <summary>A service of the product as a process of its own, as an operator runs it; dies with the tests.</summary>
internal sealed partial class ServiceProcess : IAsyncDisposable
{
    /// <summary>In place of a variable's name: the text of the <c>.env</c> file.</summary>
    public const string DotEnv = ".env";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly BlockingCollection<string> _lines = new(boundedCapacity: 100_000);
    private readonly ConcurrentQueue<string> _output = new();

    private ServiceProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, e) => Add(e.Data);
        process.ErrorDataReceived += (_, e) => Add(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    /// <summary>All that it wrote so far.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>
    /// Starts <c>project</c> in a directory of its own with nothing of the tests' environment but <paramref
    /// name="environment"/>.
    /// </summary>
    public static Task<ServiceProcess> StartAsync(
        string project, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        StartProgramAsync(Executable(project), environment, arguments);

    /// <summary>The same of an executable that may be of another build.</summary>
    public static async Task<ServiceProcess> StartProgramAsync(
        string executable, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("setpriv")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Directory.CreateTempSubdirectory("cybertemp-service-").FullName,
        };
        if (environment.TryGetValue(DotEnv, out var dotEnv))
        {
            await File.WriteAllTextAsync(Path.Combine(start.WorkingDirectory, ".env"), dotEnv);
        }

        start.Environment.Clear();
        foreach (var name in (string[])["PATH", "HOME", "DOTNET_ROOT"])
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                start.Environment[name] = value;
            }
        }

        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        foreach (var (name, value) in environment.Where(static e => e.Key != DotEnv))
        {
            start.Environment[name] = value;
        }

        foreach (var argument in (string[])["--pdeathsig", "KILL", executable, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return new ServiceProcess(await ChildProcess.StartAsync(start));
    }

    /// <summary>
    /// Completes with the first line written after the last call that contains <paramref name="text"/>.
    /// </summary>
    public async Task<string> WaitForLineAsync(string text)
    {
        using var timeout = new CancellationTokenSource(StartTimeout);
        try
        {
            return await Task.Run(() => _lines.GetConsumingEnumerable(timeout.Token).First(
                l => l.Contains(text, StringComparison.Ordinal)));
        }
        catch (Exception ex) when (ex is OperationCanceledException or InvalidOperationException)
        {
            throw new TimeoutException($"'{text}' was not written. The output:\n{Output}", ex);
        }
    }

    /// <summary>The port of the endpoint that the first line with <paramref name="text"/> names.</summary>
    public async Task<int> WaitForPortAsync(string text) =>
        int.Parse(Port().Matches(await WaitForLineAsync(text))[^1].ValueSpan, provider: null);

    public Task SignalAsync(string signal) => ChildProcess.RunAsync(null, "kill", $"-{signal}", $"{Id}");

    /// <summary>Completes with the exit code.</summary>
    public async Task<int> WaitForExitAsync()
    {
        using var timeout = new CancellationTokenSource(StopTimeout);
        await _process.WaitForExitAsync(timeout.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        Directory.Delete(_process.StartInfo.WorkingDirectory, recursive: true);
        _process.Dispose();
        _lines.Dispose();
    }

    [GeneratedRegex("(?<=:)[0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Port();

    /// <summary>The one that was built with these tests: the same configuration and framework.</summary>
    public static string Executable(string project)
    {
        var built = AppContext.BaseDirectory;
        return Path.Combine(
            Repository.Root, project, built[(built.LastIndexOf("/bin/", StringComparison.Ordinal) + 1)..], project);
    }

    private void Add(string? line)
    {
        if (line is null)
        {
            return;
        }

        _output.Enqueue(line);
        _lines.TryAdd(line);
    }
}
