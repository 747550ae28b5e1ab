using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cybertemp.AppHost.Servers;

/// <summary>
/// Says that a server's container does not run yet, once: a runtime that answers but cannot fetch the image is silent.
/// </summary>
internal sealed partial class ContainerWatch(
    DistributedApplicationModel model, ResourceNotificationService notifications, ILoggerFactory loggers)
    : BackgroundService
{
    /// <summary>Fetching both images takes less on most networks.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    private readonly ILogger _logger = loggers.CreateLogger(StackOptions.Section);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        model.Resources.OfType<ContainerResource>().Select(container => WatchAsync(container, stoppingToken)));

    private async Task WatchAsync(ContainerResource container, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            await notifications.WaitForResourceAsync(container.Name, KnownResourceStates.Running, patience.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            container.TryGetContainerImageName(out var image);
            LogNotRunning(container.Name, image);
        }
    }

    [LoggerMessage(LogLevel.Warning, """
        The container of {Name} does not run yet: its image {Image} is being fetched, or cannot be.
          Without containers: ./run.sh --Cybertemp:Servers=Processes
        """)]
    private partial void LogNotRunning(string name, string? image);
}
