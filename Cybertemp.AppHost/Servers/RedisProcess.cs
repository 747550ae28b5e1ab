namespace Cybertemp.AppHost.Servers;

/// <summary>Redis as a process of this machine.</summary>
internal sealed class RedisProcess(string name, string command, int port, ParameterResource password)
    : ExecutableResource(name, command, "/"), IResourceWithConnectionString
{
    public const string ConfigurationFile = "redis.conf";

    public EndpointReference Endpoint => new(this, "tcp");

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
        $"{Endpoint.Property(EndpointProperty.Host)}:{Endpoint.Property(EndpointProperty.Port)},password={password}");

    /// <summary>Null until the configuration is written.</summary>
    public string? ConnectionString { get; private set; }

    /// <summary>The server's path; null when it is not installed.</summary>
    public static string? FindBinary() => LocalCommand.Find("redis-server");

    /// <summary>Writes the configuration: it holds the password and is the account's alone.</summary>
    public async Task PrepareAsync(ServerAccount account, ServerVolume volume, CancellationToken ct)
    {
        await account.CreateDirectoryAsync(volume.DataDirectory, ct);
        var file = volume.File(ConfigurationFile);
        await File.WriteAllTextAsync(file, string.Empty, ct);
        await account.TakeAsync(file, ct);
        var secret = (await password.GetValueAsync(ct))!;
        await File.WriteAllTextAsync(file, Configuration(volume, secret), ct);
        ConnectionString = $"127.0.0.1:{port},password={secret}";
    }

    private string Configuration(ServerVolume volume, string secret) => $"""
        port {port}
        bind 127.0.0.1
        dir {Quote(volume.DataDirectory)}
        requirepass {Quote(secret)}
        save {(volume.IsPersistent ? "60 1" : "\"\"")}
        shutdown-on-sigterm force

        """;   // forced: a Redis that cannot save, say because its directory is gone, would otherwise outlive us

    private static string Quote(string value) =>
        $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
