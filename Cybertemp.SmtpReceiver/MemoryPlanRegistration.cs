using Cybertemp.SmtpReceiver.Smtp;
using Cybertemp.SmtpReceiver.Storage;

namespace Cybertemp.SmtpReceiver;

internal static class MemoryPlanRegistration
{
    /// <summary>Divides the memory that the runtime says the process may use.</summary>
    public static void AddMemoryPlan(this IHostApplicationBuilder builder)
    {
        var storage = builder.Configuration.GetSection(StorageOptions.Section);
        var isQueueConfigured = storage[nameof(StorageOptions.MaxQueuedBytes)] is not null;
        var plan = new Lazy<MemoryPlan>(() => MemoryPlan.Create(
            builder.Configuration.GetSection(SmtpOptions.Section).Get<SmtpOptions>() ?? new(),
            ReceiverServices.Storage(builder.Configuration),
            isQueueConfigured,
            GC.GetGCMemoryInfo().TotalAvailableMemoryBytes));
        builder.Services.AddSingleton<IHostedService>(services =>
            new MemoryPlanLog(plan.Value, services.GetRequiredService<ILogger<MemoryPlanLog>>()));
        builder.Services.PostConfigure<SmtpOptions>(options => options.MaxInFlightBytes ??= plan.Value.ContentBytes);
        builder.Services.PostConfigure<StorageOptions>(options => options.MaxQueuedBytes = plan.Value.QueuedBytes);
    }
}
