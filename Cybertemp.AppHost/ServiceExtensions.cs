using System.Security.Cryptography;

namespace Cybertemp.AppHost;

/// <summary>What the services of the stack have in common.</summary>
internal static class ServiceExtensions
{
    /// <summary>PostgreSQL, which it waits for, Redis, and its health in the dashboard.</summary>
    public static IResourceBuilder<ProjectResource> WithServers(
        this IResourceBuilder<ProjectResource> service,
        IResourceBuilder<IResourceWithConnectionString> database,
        IResourceBuilder<IResourceWithConnectionString> redis) =>
        service.WithHttpHealthCheck("/health")
            .WithoutHttpsCertificate()
            .WithReference(database, "cybertemp").WaitFor(database)
            .WithReference(redis);

    /// <summary>
    /// Links to the inbox and, since this stack is its developer's own, to all mail: signed in by a key of this run,
    /// which no browser sends to a server by itself. With the same key it answers tests as Mailpit does.
    /// </summary>
    /// <param name="web">The service.</param>
    /// <param name="operatorKey">The key; null for a random one.</param>
    public static IResourceBuilder<ProjectResource> WithInboxLinks(
        this IResourceBuilder<ProjectResource> web, string? operatorKey)
    {
        web.WithUrlForEndpoint("http", static url => url.DisplayText = "Inbox");
        if (!web.ApplicationBuilder.ExecutionContext.IsRunMode)
        {
            return web;
        }

        var key = operatorKey ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return web.WithEnvironment("Web__OperatorKey", key).WithEnvironment("Web__Mailpit", "true")
            .WithUrlForEndpoint(
                "http",
                endpoint => new() { Url = $"/all#key={Uri.EscapeDataString(key)}", DisplayText = "All mail" });
    }

    /// <summary>A link to the one page that people may want of a service without pages.</summary>
    public static IResourceBuilder<ProjectResource> WithHealthLink(this IResourceBuilder<ProjectResource> service) =>
        service.WithUrlForEndpoint("http", static url => (url.Url, url.DisplayText) = ("/health", "Health"));
}
