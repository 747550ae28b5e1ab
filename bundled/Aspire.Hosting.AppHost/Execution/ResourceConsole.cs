using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Execution;

/// <summary>Shows the lines of all resources: on the console with the resource's name in front, or through <c>ILogger</c>.</summary>
internal sealed partial class ResourceConsole(
    DistributedApplicationModel model, DistributedApplicationOptions options, AppHostIdentity appHost, ConsoleFeed feed, ILoggerFactory loggers)
{
    private readonly int _nameWidth = model.Resources.Select(r => r.Name.Length).DefaultIfEmpty().Max();

    /// <summary>A log for one instance.</summary>
    /// <param name="name">The resource's name, with the replica's suffix when there are several.</param>
    /// <param name="id">The instance.</param>
    public ResourceLog CreateLog(string name, string id)
    {
        if (!options.EnableResourceLogging)
        {
            return new ResourceLog((line, isError) =>
            {
                feed.Write(id, line, isError);
                WriteLine(name, line);
            });
        }

        var logger = loggers.CreateLogger($"{appHost.Name}.Resources.{name}");
        return new ResourceLog((line, isError) => LogLine(logger, isError ? LogLevel.Error : LogLevel.Information, line));
    }

    public void WriteLine(string name, string line) =>
        Console.Out.WriteLine($"{name.PadRight(_nameWidth)} | {(Console.IsOutputRedirected ? AnsiSequence.Replace(line, string.Empty) : line)}");

    [GeneratedRegex(@"\x1B\[[0-9;]*[A-Za-z]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AnsiSequence { get; }

    [LoggerMessage(Message = "{Line}")]
    private static partial void LogLine(ILogger logger, LogLevel level, string line);
}
