using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Support;
using Npgsql;

namespace Cybertemp.Tests.EndToEnd.Fleet;

/// <summary>Receivers, webs and Syncs as processes on one PostgreSQL and one Redis of their own.</summary>
internal sealed class ServiceFleet : IAsyncDisposable
{
    public const string Domain = "fleet.example";

    private readonly PostgresServer _postgres;

    private ServiceFleet(PostgresServer postgres, RedisServer redis, string connectionString)
    {
        (_postgres, Redis, ConnectionString) = (postgres, redis, connectionString);
        Database = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
    }

    public int PostgresPort => _postgres.Port;

    public RedisServer Redis { get; }

    public string ConnectionString { get; }

    public NpgsqlDataSource Database { get; }

    public List<FleetMember> Receivers { get; } = [];

    public List<FleetMember> Syncs { get; } = [];

    public List<FleetMember> Webs { get; } = [];

    public IReadOnlyList<int> SmtpPorts => [.. Receivers.Select(static r => r.Port)];

    public IReadOnlyList<Uri> WebAddresses => [.. Webs.Select(static w => w.Http)];

    /// <summary>Servers only.</summary>
    public static async Task<ServiceFleet> CreateAsync()
    {
        var postgres = await PostgresServer.StartAsync();
        return new(postgres, await RedisServer.StartAsync(), await postgres.CreateDatabaseAsync());
    }

    /// <summary>One more receiver; the first one makes the tables.</summary>
    /// <param name="build">Its version.</param>
    /// <param name="settings">Beside or in place of the usual ones.</param>
    public async Task<FleetMember> AddReceiverAsync(
        ServiceBuild build, params IEnumerable<KeyValuePair<string, string>> settings)
    {
        var port = ChildProcess.FreePort();
        return await AddAsync(
            Receivers, FleetMember.Receiver, port, [.. settings, new("SMTP_RECEIVE_PORT", $"{port}")], build);
    }

    /// <summary>One more Sync, whose only domain is <see cref="Domain"/>.</summary>
    public async Task AddSyncAsync(ServiceBuild build)
    {
        await Database.ExecuteAsync(
            $"insert into domains (domain) select '{Domain}' where not exists (select from domains)");
        await AddAsync(Syncs, FleetMember.Sync, port: null, [], build);
    }

    public Task AddWebAsync(ServiceBuild build) => AddAsync(Webs, FleetMember.Web, port: null, [], build);

    /// <summary><c>cybertemp migrate</c> of a version.</summary>
    public async Task MigrateAsync(ServiceBuild build)
    {
        await using var migrate =
            await ServiceProcess.StartProgramAsync(build.Executable("Cybertemp.Cli"), Settings([]), "migrate");
        var code = await migrate.WaitForExitAsync();
        Assert.True(code == 0, migrate.Output);
    }

    public Task<int> SchemaVersionAsync() => Database.ScalarAsync<int>("select max(version) from cybertemp_schema");

    public async ValueTask DisposeAsync()
    {
        foreach (var member in (FleetMember[])[.. Webs, .. Syncs, .. Receivers])
        {
            await member.DisposeAsync();
        }

        await Database.DisposeAsync();
        await Redis.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    private async Task<FleetMember> AddAsync(
        List<FleetMember> members, string project, int? port, IEnumerable<KeyValuePair<string, string>> settings,
        ServiceBuild build)
    {
        var httpPort = ChildProcess.FreePort();
        var environment = Settings(settings);
        environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{httpPort}";
        var member = new FleetMember(
            project, port ?? httpPort, new Uri(environment["ASPNETCORE_URLS"]), environment);
        members.Add(member);
        await member.StartAsync(build);
        return member;
    }

    private Dictionary<string, string> Settings(IEnumerable<KeyValuePair<string, string>> more)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ConnectionStrings__cybertemp"] = ConnectionString,
            ["ConnectionStrings__redis"] = Redis.ConnectionString,
        };
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        return settings;
    }
}
