namespace MailCatcher;

/// <summary>Cybertemp as the mail catcher of somebody's AppHost: two containers over a database of the model.</summary>
public static class MailCatcherExtensions
{
    private const string Tag = "latest";

    /// <summary>
    /// Every address of every domain receives. The inbox is the resource <c>name-inbox</c>: its page, its API, and
    /// Mailpit's API for tests that know the operator's key.
    /// </summary>
    public static IResourceBuilder<MailCatcherResource> AddMailCatcher(
        this IDistributedApplicationBuilder builder,
        string name,
        IResourceBuilder<IResourceWithConnectionString> database,
        IResourceBuilder<ParameterResource> operatorKey)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var receiver = builder.AddResource(new MailCatcherResource(name))
            .WithImage("cybertemp-smtp-receiver", Tag)
            .WithEndpoint(targetPort: 2525, name: MailCatcherResource.SmtpEndpoint, scheme: "smtp")
            .WithEnvironment("SMTP_RECEIVE_PORT", "2525")
            .WithOpenFilters().WithMailbox(database);
        builder.AddContainer($"{name}-inbox", "cybertemp-web", Tag)
            .WithOpenFilters().WithMailbox(database).WaitFor(receiver)
            .WithEnvironment("Web__Domains", "shop.example")
            .WithEnvironment("Web__OperatorKey", operatorKey)
            .WithEnvironment("Web__Mailpit", "true")
            .WithUrlForEndpoint("http", static url => url.DisplayText = "Inbox");
        return receiver;
    }

    private static IResourceBuilder<T> WithOpenFilters<T>(this IResourceBuilder<T> service)
        where T : ContainerResource => service
            .WithEnvironment("Filters__Domains__Source", "Open")
            .WithEnvironment("Filters__Bans__Source", "Open");

    private static IResourceBuilder<T> WithMailbox<T>(
        this IResourceBuilder<T> service, IResourceBuilder<IResourceWithConnectionString> database)
        where T : ContainerResource => service
            .WithHttpEndpoint(targetPort: 8080, name: "http")
            .WithHttpHealthCheck("/health")
            .WithReference(database, "cybertemp")
            .WaitFor(database);
}
