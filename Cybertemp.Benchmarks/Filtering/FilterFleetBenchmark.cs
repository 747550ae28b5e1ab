using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Cybertemp.Tests.Supabase;
using Npgsql;

namespace Cybertemp.Benchmarks.Filtering;

/// <summary>
/// From a change of the bans to the first 550, and back to the first 250, at each of three receiver processes behind
/// the AppHost's one port, with every poll set to a day: by <c>insert into bans</c>, and by an event of Supabase
/// Realtime.
/// </summary>
internal static class FilterFleetBenchmark
{
    private const int Replicas = 3;
    private const int WarmUp = 10;

    /// <summary>Arguments: changes (200), other bans in the source (0).</summary>
    public static async Task RunAsync(string[] arguments)
    {
        var changes = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 200;
        var others = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 0;
        await MeasurePostgresAsync(changes, others);
        await MeasureSupabaseAsync(changes, others);
    }

    private static async Task MeasurePostgresAsync(int changes, int others)
    {
        await using var app = await StartAsync([]);
        await using var dataSource = NpgsqlDataSource.Create((await app.GetConnectionStringAsync("cybertemp"))!);
        await ExecuteAsync(dataSource, string.Create(
            CultureInfo.InvariantCulture,
            $"insert into bans (scope, value) select 'email', 'u' || i || '@example.org' from generate_series(1, "
                + $"{others}) i"));
        await MeasureAsync(
            "insert into bans",
            app,
            changes,
            () => ExecuteAsync(dataSource, "insert into bans (scope, value) values ('domain', 'banned.example')"),
            () => ExecuteAsync(dataSource, "delete from bans where scope = 'domain'"));
    }

    private static async Task MeasureSupabaseAsync(int changes, int others)
    {
        await using var supabase = await SupabaseServer.StartAsync();
        await supabase.InsertDomainAsync("cybertemp.localhost");
        for (var i = 0; i < others; i++)
        {
            await supabase.InsertBanAsync("email", $"u{i}@example.org");
        }

        await using var app = await StartAsync(
            ["Cybertemp:UseSupabase=true", $"Parameters:supabase-url={supabase.Url}",
                $"Parameters:supabase-service-role-key={SupabaseServer.Key}"]);
        var ban = 0L;
        await MeasureAsync(
            "Realtime event",
            app,
            changes,
            async () => ban = await supabase.InsertBanAsync("domain", "banned.example"),
            () => supabase.DeleteAsync("bans", ban));
    }

    private static async Task<DistributedApplication> StartAsync(string[] settings)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Cybertemp_AppHost>(
            [.. settings, "Cybertemp:EphemeralData=true", string.Create(
                CultureInfo.InvariantCulture, $"Cybertemp:Replicas={Replicas}")]);
        foreach (var service in builder.Resources.OfType<ProjectResource>())
        {
            builder.CreateResourceBuilder(service)
                .WithEnvironment("Filters__PollInterval", "1.00:00:00")
                .WithEnvironment("Smtp__MaxRefusals", "100000");
        }

        var app = await builder.BuildAsync();
        await app.StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("smtp-receiver", CancellationToken.None);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("sync", CancellationToken.None);
        return app;
    }

    private static async Task MeasureAsync(
        string what, DistributedApplication app, int changes, Func<Task> ban, Func<Task> lift)
    {
        // The proxy gives each new connection to the next replica.
        var smtp = app.GetEndpoint("smtp-receiver", "smtp");
        var clients = await Task.WhenAll(
            Enumerable.Range(0, Replicas).Select(_ => SmtpClient.ConnectAsync(smtp.Host, smtp.Port)));
        var (set, lifted) = (new List<double>(), new List<double>());
        for (var i = -WarmUp; i < changes; i++)
        {
            await MeasureAsync(ban, 550, clients, i < 0 ? [] : set);
            await MeasureAsync(lift, 250, clients, i < 0 ? [] : lifted);
        }

        Array.ForEach(clients, static c => c.Dispose());
        Measurement.ReportLatencies(Console.Out, $"{what} to 550 at each replica", set);
        Measurement.ReportLatencies(Console.Out, $"{what}, lifted, to 250 at each replica", lifted);
    }

    private static async Task MeasureAsync(
        Func<Task> change, int expected, SmtpClient[] clients, List<double> milliseconds)
    {
        // Changes that follow each other faster than Filters:MinReloadInterval are taken together on purpose.
        await Task.Delay(200);
        var started = Stopwatch.GetTimestamp();
        var seen = clients.Select(c => Task.Run(() => WaitAsync(c, expected, started))).ToArray();
        await change();
        milliseconds.AddRange(await Task.WhenAll(seen));
    }

    private static async Task<double> WaitAsync(SmtpClient client, int expected, long started)
    {
        while (true)
        {
            await client.SendAsync("MAIL FROM:<someone@banned.example>\r\nRSET");
            var reply = await client.ReadReplyAsync();
            var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            await client.ExpectAsync(250);
            if (reply == expected)
            {
                return elapsed;
            }

            await Task.Delay(1);
        }
    }

    private static async Task ExecuteAsync(NpgsqlDataSource dataSource, string sql)
    {
        await using var command = dataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
