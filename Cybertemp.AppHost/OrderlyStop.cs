using Microsoft.Extensions.Hosting;

namespace Cybertemp.AppHost;

/// <summary>
/// Stops the services before the servers that they use, so that a receiver finishes its messages and nobody waits for a
/// database that has gone: hosted services stop in the reverse order of their registration, and the orchestrator, which
/// alone would stop everything at once, was registered before.
/// </summary>
internal sealed class OrderlyStop(
    DistributedApplicationModel model, ResourceCommandService commands, ResourceNotificationService notifications)
    : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(model.Resources.OfType<ProjectResource>().Select(s => StopAsync(s, cancellationToken)));

    private async Task StopAsync(ProjectResource service, CancellationToken ct)
    {
        if ((await commands.ExecuteCommandAsync(service, KnownResourceCommands.StopCommand, ct)).Success)
        {
            await notifications.WaitForResourceAsync(service.Name, KnownResourceStates.TerminalStates, ct);
        }
    }
}
