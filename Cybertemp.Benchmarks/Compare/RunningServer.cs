using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Cybertemp.Benchmarks.Idle;
using Cybertemp.Benchmarks.Load;
using Cybertemp.Tests.Support;

namespace Cybertemp.Benchmarks.Compare;

/// <summary>A contender that listens, as a process of its own; it ends when it is disposed of.</summary>
internal sealed class RunningServer(int port, int processId, IAsyncDisposable process) : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    public int Port => port;

    public int ProcessId => processId;

    public static async Task<RunningServer> StartOursAsync(
        string connectionString, params (string Name, string Value)[] settings)
    {
        var receiver = await ServiceProcess.StartAsync(
            "Cybertemp.SmtpReceiver",
            settings.Concat(Settings(port: 0, connectionString))
                .ToDictionary(static s => s.Name, static s => s.Value, StringComparer.Ordinal));
        return new RunningServer(await receiver.WaitForPortAsync("SMTP listens on"), receiver.Id, receiver);
    }

    /// <summary>The receiver of another build.</summary>
    public static Task<RunningServer> StartOtherAsync(string program, string connectionString) =>
        StartAsync(port => Start([program], Settings(port, connectionString)));

    /// <summary>This program once more, in another role.</summary>
    public static Task<RunningServer> StartSelfAsync(string role, string connectionString) => StartAsync(
        port => Start([.. ClientProcess.Self, "compare", role, Text(port), connectionString]));

    /// <summary>Completes when the program listens on the port that it was told.</summary>
    /// <exception cref="InvalidOperationException">It ended instead.</exception>
    public static async Task<RunningServer> StartAsync(Func<int, ProcessStartInfo> command)
    {
        var port = ChildProcess.FreePort();
        var start = command(port);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var process = new OwnedProcess(await ChildProcess.StartAsync(start));
        try
        {
            await WaitForListenerAsync(port, process);
            return new RunningServer(port, process.Id, process);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>A program that dies with this one.</summary>
    public static ProcessStartInfo Start(string[] command, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("setpriv", ["--pdeathsig", "KILL", .. command]) { UseShellExecute = false };
        LoadProcess.LeaveTo(start);
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private static (string Name, string Value)[] Settings(int port, string connectionString) =>
    [
        ("ConnectionStrings__cybertemp", connectionString),
        ("Filters__Domains__Source", "Open"),
        ("Filters__Bans__Source", "Open"),
        ("Smtp__Port", Text(port)),
        ("ASPNETCORE_URLS", "http://127.0.0.1:0"),
    ];

    private static async Task WaitForListenerAsync(int port, OwnedProcess process)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var socket = new TcpClient();
                await socket.ConnectAsync("127.0.0.1", port);
                return;
            }
            catch (SocketException) when (!process.HasExited && waited.Elapsed < StartTimeout)
            {
                await Task.Delay(50);
            }
            catch (SocketException ex)
            {
                throw new InvalidOperationException($"it does not listen: {process.LastLine}", ex);
            }
        }
    }
}
