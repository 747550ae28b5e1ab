using System.Globalization;
using Cybertemp.ServiceDefaults.LocalStack;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cybertemp.AppHost;

/// <summary>
/// Lets operators' commands find the stack: a <see cref="StackDescriptor"/> from the receiver's start to the end.
/// </summary>
internal sealed partial class StackFile(
    ProjectResource receiver,
    IResourceWithConnectionString database,
    IResourceWithConnectionString redis,
    StackOptions options,
    ResourceNotificationService notifications,
    ILogger<StackFile> logger) : BackgroundService
{
    private StackDescriptor? _stack;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        _stack?.Delete();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await notifications.WaitForResourceAsync(receiver.Name, KnownResourceStates.Running, stoppingToken);
        var smtp = new EndpointReference(receiver, "smtp");
        var source = options.UseSupabase ? "Supabase" : "Postgres";
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:cybertemp"] = await database.GetConnectionStringAsync(stoppingToken),
            ["ConnectionStrings:redis"] = await redis.GetConnectionStringAsync(stoppingToken),
            ["Filters:Domains:Source"] = source,
            ["Filters:Bans:Source"] = source,
            ["Smtp:Port"] = smtp.Port.ToString(CultureInfo.InvariantCulture),
        };
        try
        {
            _stack = new StackDescriptor(Environment.ProcessId, settings);
            _stack.Write();
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            LogNotWritten(ex);
        }
    }

    [LoggerMessage(
        LogLevel.Warning, "Operators' commands do not find this stack by themselves: its file cannot be written")]
    private partial void LogNotWritten(Exception exception);
}
