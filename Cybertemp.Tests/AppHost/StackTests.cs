using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Npgsql;

namespace Cybertemp.Tests.AppHost;

/// <summary>The AppHost's own entry point, run with random ports and data that ends with the test.</summary>
public sealed class StackTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(120);
    private static readonly string[] Ephemeral = ["Cybertemp:EphemeralData=true"];

    [Fact]
    public async Task The_whole_stack_comes_up_and_answers()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        await using var app = await StartAsync(timeout.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("smtp-receiver", timeout.Token);

        using var http = app.CreateHttpClient("smtp-receiver", "http");
        using var health = await http.GetAsync(new Uri("/health", UriKind.Relative), timeout.Token);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);

        var smtp = app.GetEndpoint("smtp-receiver", "smtp");
        Assert.Equal("tcp", smtp.Scheme);
        Assert.NotEqual(2525, smtp.Port);
        using var client = new TcpClient();
        await client.ConnectAsync(smtp.Host, smtp.Port, timeout.Token);
    }

    [Fact]
    public async Task The_database_exists_and_wants_its_password()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        await using var app = await StartAsync(timeout.Token);
        var connectionString = await app.GetConnectionStringAsync("cybertemp", timeout.Token);
        await using var dataSource = NpgsqlDataSource.Create(connectionString!);
        await using var command = dataSource.CreateCommand("select current_database()");
        Assert.Equal("cybertemp", await command.ExecuteScalarAsync(timeout.Token));

        await using var wrong = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Password = "wrong", Pooling = false }.ConnectionString);
        Assert.Equal("28P01", (await Assert.ThrowsAsync<PostgresException>(() => wrong.OpenAsync(timeout.Token))).SqlState);
    }

    [Fact]
    public async Task Two_stacks_run_side_by_side_and_leave_nothing_behind()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        var apps = await Task.WhenAll(StartAsync(timeout.Token), StartAsync(timeout.Token));
        var ports = new List<int>();
        var directories = new List<string>();
        foreach (var app in apps)
        {
            var connectionString = new NpgsqlConnectionStringBuilder(await app.GetConnectionStringAsync("cybertemp", timeout.Token)) { Pooling = false };
            ports.Add(connectionString.Port);
            directories.Add(await DataDirectoryAsync(connectionString.ConnectionString, timeout.Token));
        }

        Assert.Equal(2, ports.Distinct().Count());
        Assert.Equal(2, apps.Select(a => a.GetEndpoint("sync").Port).Distinct().Count());
        await Task.WhenAll(apps.Select(a => a.DisposeAsync().AsTask()));
        Assert.All(directories, d => Assert.False(Directory.Exists(d), d));
        Assert.All(directories, d => Assert.Empty(ProcessTable.WithCommandLine(d)));
    }

    [Fact]
    public async Task What_the_entry_point_throws_is_thrown_here()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        string[] settings = [.. Ephemeral, "Cybertemp:Replicas=many"];
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => DistributedApplicationTestingBuilder.CreateAsync<Projects.Cybertemp_AppHost>(settings, timeout.Token));
    }

    private static async Task<DistributedApplication> StartAsync(CancellationToken ct)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Cybertemp_AppHost>(Ephemeral, ct);
        var app = await builder.BuildAsync(ct);
        await app.StartAsync(ct);
        return app;
    }

    private static async Task<string> DataDirectoryAsync(string connectionString, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        await using var show = new NpgsqlCommand("show data_directory", connection);
        return (string)(await show.ExecuteScalarAsync(ct))!;
    }
}
