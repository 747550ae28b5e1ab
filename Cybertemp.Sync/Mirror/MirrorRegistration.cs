using StackExchange.Redis;

namespace Cybertemp.Sync.Mirror;

internal static class MirrorRegistration
{
    /// <summary>The connection to the mirror's Redis. Its health is told by what uses it.</summary>
    public static void AddMirrorConnection(this IHostApplicationBuilder builder)
    {
        ConfigurationOptions? options = null;
        builder.AddRedisClient(
            MirrorContract.ConnectionName, static settings => settings.DisableHealthChecks = true, configured => options = configured);
        builder.Services.AddSingleton(services => new MirrorConnection(
            services.GetRequiredService<IConnectionMultiplexer>,
            () => ConnectionMultiplexer.Connect(options!),
            services.GetRequiredService<ILogger<MirrorConnection>>()));
    }
}
