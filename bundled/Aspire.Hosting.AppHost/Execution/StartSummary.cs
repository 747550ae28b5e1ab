using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Execution;

/// <summary>Says on the console what runs where and how to look into it.</summary>
internal sealed class StartSummary(
    DistributedApplicationOptions options, ResourceNotificationService notifications, IServiceProvider services)
{
    public void Write(IReadOnlyList<ResourceInstance> instances)
    {
        if (options.EnableResourceLogging || instances.Count == 0)
        {
            return;
        }

        var width = instances.Max(i => i.Resource.Name.Length);
        var lines = instances.DistinctBy(i => i.Resource).SelectMany(i => Describe(i, width)).ToList();
        if (services.GetService<DashboardService>()?.LoginUrl is { } loginUrl)
        {
            lines.Add($"  {"dashboard".PadRight(width)}  {loginUrl}");
        }

        Console.Out.WriteLine($"\n{string.Join('\n', lines)}\n");
    }

    private IEnumerable<string> Describe(ResourceInstance instance, int width)
    {
        var state = notifications.TryGetCurrentState(instance.Id, out var current) ? current.Snapshot.State?.Text : null;
        var urls = instance.Resource.Annotations.OfType<EndpointAnnotation>().Select(e => e.AllocatedEndpoint?.UriString);
        var replicas = instance.Resource.GetReplicaCount() is > 1 and var count ? $" x{count}" : string.Empty;
        yield return $"  {instance.Resource.Name.PadRight(width)}  {state}{replicas}  {string.Join("  ", urls)}  {instance.Server?.Description}".TrimEnd();
        foreach (var hint in instance.Hints())
        {
            yield return $"  {string.Empty.PadRight(width)}  {hint}";
        }
    }
}
