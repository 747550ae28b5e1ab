using Cybertemp.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cybertemp.Tests.ServiceDefaults;

public sealed class ServiceProgramTests
{
    [Fact]
    public async Task A_background_service_that_fails_ends_the_process_with_70() =>
        Assert.Equal(70, await RunAsync(static (_, _) => throw new InvalidOperationException("broken")));

    [Fact]
    public async Task A_background_service_that_cancels_itself_ends_the_process_with_70() =>
        Assert.Equal(70, await RunAsync(static (_, _) => throw new OperationCanceledException()));

    [Fact]
    public async Task An_orderly_stop_is_0_though_it_cancels_the_background_services() =>
        Assert.Equal(0, await RunAsync(static async (lifetime, ct) =>
        {
            lifetime.StopApplication();
            await Task.Delay(Timeout.Infinite, ct);
        }));

    private static Task<int> RunAsync(Func<IHostApplicationLifetime, CancellationToken, Task> work) =>
        ServiceProgram.RunAsync(
        ["--urls=http://127.0.0.1:0"],
        help: "",
        builder => builder.Services.AddHostedService(
            services => new Worker(services.GetRequiredService<IHostApplicationLifetime>(), work)));

    private sealed class Worker(IHostApplicationLifetime lifetime,
        Func<IHostApplicationLifetime, CancellationToken, Task> work) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            await work(lifetime, stoppingToken);
        }
    }
}
