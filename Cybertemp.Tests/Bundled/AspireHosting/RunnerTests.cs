using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Cybertemp.Tests.AppHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Cybertemp.Tests.Bundled.AspireHosting;

/// <summary>Real processes, most of them a shell that sleeps.</summary>
public sealed class RunnerTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_waiter_starts_when_its_dependency_is_healthy_and_its_ready_event_is_done()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        var builder = Builder();
        var (isHealthy, ready) = (new TaskCompletionSource(), new TaskCompletionSource());
        var server = Sleeper(builder, "server").WithHealthCheck("server_check");
        builder.Services.AddHealthChecks().AddCheck(
            "server_check", () => isHealthy.Task.IsCompleted ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
        builder.Eventing.Subscribe<ResourceReadyEvent>(server.Resource, (_, _) => ready.Task);
        var client = Sleeper(builder, "client").WaitFor(server);
        await using var app = builder.Build();
        var starting = app.StartAsync(timeout.Token);

        await app.ResourceNotifications.WaitForResourceAsync("server", e => e.Snapshot.HealthReports is [{ Status: HealthStatus.Unhealthy }], timeout.Token);
        Assert.Equal(KnownResourceStates.Waiting, State(app, client.Resource));
        isHealthy.SetResult();
        await app.ResourceNotifications.WaitForResourceAsync("server", e => e.Snapshot.HealthStatus is HealthStatus.Healthy, timeout.Token);
        Assert.Equal(KnownResourceStates.Waiting, State(app, client.Resource));
        ready.SetResult();
        await starting;
        Assert.Equal(KnownResourceStates.Running, State(app, client.Resource));
    }

    [Fact]
    public async Task WaitForStart_does_not_wait_for_health()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        var builder = Builder();
        var server = Sleeper(builder, "server").WithHealthCheck("server_check");
        builder.Services.AddHealthChecks().AddCheck("server_check", () => HealthCheckResult.Unhealthy());
        var client = Sleeper(builder, "client").WaitForStart(server);
        await using var app = builder.Build();
        await app.StartAsync(timeout.Token);
        Assert.Equal(KnownResourceStates.Running, State(app, client.Resource));
    }

    [Fact]
    public async Task A_dependency_that_dies_before_it_is_healthy_fails_its_waiter()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        var builder = Builder();
        var server = builder.AddExecutable("server", "sh", "/", "-c", "sleep 1; exit 7").WithHealthCheck("server_check");
        builder.Services.AddHealthChecks().AddCheck("server_check", () => HealthCheckResult.Unhealthy());
        Sleeper(builder, "client").WaitFor(server);
        await using var app = builder.Build();
        await app.StartAsync(timeout.Token);

        var client = await app.ResourceNotifications.WaitForResourceAsync("client", e => e.Snapshot.IsTerminal, timeout.Token);
        Assert.Equal(KnownResourceStates.FailedToStart, client.Snapshot.State!.Text);
        Assert.Contains("'server'", client.Snapshot.Failure, StringComparison.Ordinal);
        Assert.Contains("exited with code 7", client.Snapshot.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ready_event_that_fails_fails_the_waiter_with_its_reason()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        var builder = Builder();
        var server = Sleeper(builder, "server");
        builder.Eventing.Subscribe<ResourceReadyEvent>(server.Resource, (_, _) => throw new InvalidOperationException("no database"));
        Sleeper(builder, "client").WaitFor(server);
        await using var app = builder.Build();
        await app.StartAsync(timeout.Token);
        var client = await app.ResourceNotifications.WaitForResourceAsync("client", e => e.Snapshot.IsTerminal, timeout.Token);
        Assert.Contains("no database", client.Snapshot.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_command_fails_with_its_name()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        var builder = Builder();
        builder.AddExecutable("server", "no-such-command", "/");
        await using var app = builder.Build();
        await app.StartAsync(timeout.Token);
        var error = await Assert.ThrowsAsync<DistributedApplicationException>(
            () => app.ResourceNotifications.WaitForResourceHealthyAsync("server", timeout.Token));
        Assert.Contains("'no-such-command'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_fails_with_its_number_and_holder()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;
        var builder = Builder();
        Sleeper(builder, "server").WithEndpoint(port: port, name: "smtp");
        await using var app = builder.Build();
        await app.StartAsync(timeout.Token);
        var server = await app.ResourceNotifications.WaitForResourceAsync("server", e => e.Snapshot.IsTerminal, timeout.Token);
        Assert.Contains($"Port {port} of endpoint 'smtp' is already in use by", server.Snapshot.Failure, StringComparison.Ordinal);
        Assert.Contains($"(pid {Environment.ProcessId})", server.Snapshot.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_parameter_fails_only_who_needs_it()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        var builder = Builder();
        Sleeper(builder, "client").WithEnvironment("KEY", builder.AddParameter("api-key"));
        var other = Sleeper(builder, "other");
        await using var app = builder.Build();
        await app.StartAsync(timeout.Token);
        var client = await app.ResourceNotifications.WaitForResourceAsync("client", e => e.Snapshot.IsTerminal, timeout.Token);
        Assert.Contains("'Parameters:api-key'", client.Snapshot.Failure, StringComparison.Ordinal);
        Assert.Equal(KnownResourceStates.Running, State(app, other.Resource));
    }

    [Fact]
    public async Task An_exit_shows_its_code()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        var builder = Builder();
        builder.AddExecutable("job", "sh", "/", "-c", "exit 3");
        await using var app = builder.Build();
        await app.StartAsync(timeout.Token);
        var job = await app.ResourceNotifications.WaitForResourceAsync("job", e => e.Snapshot.IsTerminal, timeout.Token);
        Assert.Equal((KnownResourceStates.Finished, 3), (job.Snapshot.State!.Text, job.Snapshot.ExitCode));
    }

    [Fact]
    public async Task Dependants_have_stopped_before_what_they_depend_on_is_told_to()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        var directory = Directory.CreateTempSubdirectory("runner-");
        try
        {
            var log = Path.Combine(directory.FullName, "log");
            var builder = Builder();
            var server = Trapper(builder, "server", log);
            Trapper(builder, "client", log).WaitFor(server);
            await using var app = builder.Build();
            await app.StartAsync(timeout.Token);
            await WaitForLinesAsync(log, ["server up", "client up"], timeout.Token);
            await app.StopAsync(timeout.Token);
            // Which of the two shells writes its first line first is up to the scheduler.
            Assert.Equal(["client down", "server down"], (await File.ReadAllLinesAsync(log, timeout.Token))[2..]);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Disposing_leaves_no_process_not_even_a_grandchild()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        var marker = $"runner-{Guid.NewGuid():N}";
        var builder = Builder();
        builder.AddExecutable("server", "sh", "/", "-c", $"exec -a {marker} sleep 600 & sleep 600; echo {marker}");
        await using (var app = builder.Build())
        {
            await app.StartAsync(timeout.Token);
            Assert.NotEmpty(Processes(marker));
        }

        Assert.Empty(Processes(marker));
    }

    [Fact]
    public async Task A_container_of_another_kind_names_the_published_package()
    {
        var builder = Builder();
        builder.AddResource(new ContainerResource("nginx"));
        await using var app = builder.Build();
        var error = await Assert.ThrowsAsync<NotSupportedException>(() => app.StartAsync());
        Assert.Contains("Aspire.Hosting.AppHost", error.Message, StringComparison.Ordinal);
    }

    private static IDistributedApplicationBuilder Builder()
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { EnableResourceLogging = true });
        builder.Services.AddLogging(logging => logging.ClearProviders());
        return builder;
    }

    private static IResourceBuilder<ExecutableResource> Sleeper(IDistributedApplicationBuilder builder, string name) =>
        builder.AddExecutable(name, "sleep", "/", "600");

    /// <summary>Says when it is up and when SIGTERM reaches it.</summary>
    private static IResourceBuilder<ExecutableResource> Trapper(IDistributedApplicationBuilder builder, string name, string log) => builder.AddExecutable(
        name, "sh", "/", "-c", $"trap 'sleep 0.2; echo {name} down >> {log}; exit 0' TERM; echo {name} up >> {log}; while :; do sleep 0.05; done");

    private static string? State(DistributedApplication app, IResource resource) =>
        Assert.Single(app.ResourceNotifications.Current(resource)).Snapshot.State?.Text;

    private static async Task WaitForLinesAsync(string path, string[] lines, CancellationToken ct)
    {
        while (!File.Exists(path) || !(await File.ReadAllLinesAsync(path, ct)).Order(StringComparer.Ordinal).SequenceEqual(lines.Order(StringComparer.Ordinal), StringComparer.Ordinal))
        {
            await Task.Delay(20, ct);
        }
    }

    private static List<string> Processes(string marker) => ProcessTable.WithCommandLine(marker);
}
