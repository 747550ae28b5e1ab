using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cybertemp.AppHost;

/// <summary>Adds <see cref="StackFile"/>.</summary>
internal static class StackFileExtensions
{
    public static IResourceBuilder<ProjectResource> WithStackFile(
        this IResourceBuilder<ProjectResource> receiver,
        IResourceWithConnectionString database,
        IResourceWithConnectionString redis,
        StackOptions options)
    {
        receiver.ApplicationBuilder.Services.AddHostedService(services => new StackFile(
            receiver.Resource,
            database,
            redis,
            options,
            services.GetRequiredService<ResourceNotificationService>(),
            services.GetRequiredService<ILogger<StackFile>>()));
        return receiver;
    }
}
