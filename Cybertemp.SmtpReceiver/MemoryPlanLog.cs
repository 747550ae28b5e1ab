namespace Cybertemp.SmtpReceiver;

/// <summary>Says at start when memory is short.</summary>
internal sealed partial class MemoryPlanLog(MemoryPlan plan, ILogger<MemoryPlanLog> logger) : IHostedService
{
    private const long MiB = 1024 * 1024;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (plan.IsTooLittle)
        {
            LogTooLittle(plan.AvailableBytes / MiB);
        }
        else if (plan.IsReduced)
        {
            LogReduced(plan.AvailableBytes / MiB, plan.ContentBytes / MiB, plan.QueuedBytes / MiB);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(
        LogLevel.Warning,
        "{Available} MiB of memory: Smtp:MaxInFlightBytes is {Content} MiB and Storage:MaxQueuedBytes {Queued} MiB, "
        + "less than usual")]
    private partial void LogReduced(long available, long content, long queued);

    [LoggerMessage(
        LogLevel.Warning,
        "{Available} MiB of memory are too little for messages of Smtp:MaxMessageBytes: "
        + "some sessions may end for lack of memory")]
    private partial void LogTooLittle(long available);
}
