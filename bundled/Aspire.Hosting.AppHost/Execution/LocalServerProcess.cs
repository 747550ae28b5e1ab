using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>Brings a local server to where it answers.</summary>
internal sealed class LocalServerProcess(IResource resource, ILocalServer server, EndpointPorts port, ResourceLog log)
{
    /// <summary>Someone else may take a port between our look and the server's bind.</summary>
    private const int MaxAttempts = 3;

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    public LocalServerContext? Context { get; private set; }

    public async Task<RunningProcess> StartAsync(VolumeDirectory volume, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            Context = new LocalServerContext(volume, port.Port, UnixAccount.ForServer(server.Account), log);
            var spec = await server.PrepareAsync(Context, ct);
            var process = await RunningProcess.StartAsync(spec, log.Write, ct);
            try
            {
                await WaitUntilReadyAsync(process, Context, ct);
                await server.CompleteStartAsync(Context, ct);
                return process;
            }
            catch (DistributedApplicationException) when (attempt < MaxAttempts && !port.IsFixed && process.Exit.IsCompleted && !FreePorts.IsFree(port.Port))
            {
                port.Move();
            }
            catch (Exception) when (!process.Exit.IsCompleted)
            {
                await process.StopAsync(CancellationToken.None);
                throw;
            }
        }
    }

    private async Task WaitUntilReadyAsync(RunningProcess process, LocalServerContext context, CancellationToken ct)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(StartTimeout);
        try
        {
            while (!await server.IsReadyAsync(context, timeout.Token))
            {
                if (process.Exit.IsCompleted)
                {
                    throw new DistributedApplicationException(
                        $"{context.Description ?? resource.Name} exited with code {await process.Exit} at its start: {log.LastError()}");
                }

                await Task.Delay(PollInterval, timeout.Token);
            }
        }
        catch (OperationCanceledException ex) when (!ct.IsCancellationRequested)
        {
            throw new DistributedApplicationException($"{context.Description ?? resource.Name} does not answer after {StartTimeout.TotalSeconds} s.", ex);
        }
    }
}
