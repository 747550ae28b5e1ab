using Cybertemp.Mail.Failover;
using Cybertemp.SmtpReceiver;
using Cybertemp.SmtpReceiver.Commit;
using Cybertemp.SmtpReceiver.Storage;
using Cybertemp.SmtpReceiver.Storage.Maintenance;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Cybertemp.Tests.Storage;

/// <summary>The storage side as the receiver runs it, on a database of the test's choice.</summary>
internal sealed class StorageHost : IAsyncDisposable
{
    private readonly IHost _host;

    private StorageHost(IHost host) => _host = host;

    public BatchWriter Writer => Get<BatchWriter>();

    public NpgsqlDataSource DataSource => Get<NpgsqlDataSource>();

    public static async Task<StorageHost> StartAsync(
        string connectionString, Action<StorageOptions>? configure = null, Action<IServiceCollection>? replace = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        var options = new StorageOptions { MinPoolSize = 0 };
        configure?.Invoke(options);
        var dataSource = new NpgsqlDataSourceBuilder(connectionString);
        var fence = new TimelineFence(options.TimelineFence);
        StorageConnection.Configure(dataSource, options, fence);
        builder.Services.AddSingleton(_ => dataSource.Build());
        builder.Services.AddStorage(fence, DatabaseServers.Of(connectionString));
        builder.Services.AddOptions<StorageOptions>().Configure(o => o.MinPoolSize = 0);
        if (configure is not null)
        {
            builder.Services.AddOptions<StorageOptions>().Configure(configure);
        }

        replace?.Invoke(builder.Services);
        var host = builder.Build();
        await host.StartAsync();
        return new(host);
    }

    /// <summary>
    /// With nothing that expires but what the test lets expire: the first run would meet it, sometimes.
    /// </summary>
    public static Task<StorageHost> StartWithoutRetentionAsync(
        string connectionString, Action<StorageOptions>? configure = null) => StartAsync(
            connectionString, configure, static services =>
                services.Remove(services.Single(static s => s.ImplementationType == typeof(RetentionService))));

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public Task<WriteOutcome> WriteAsync(StoredMessage message) => Writer.WriteAsync(message, CancellationToken.None);

    public Task StopAsync(CancellationToken ct = default) => _host.StopAsync(ct);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
