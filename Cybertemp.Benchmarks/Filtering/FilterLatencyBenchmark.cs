using System.Diagnostics;
using Cybertemp.Mail.Addresses;
using Cybertemp.Mail.Schema;
using Cybertemp.SmtpReceiver.Filtering;
using Cybertemp.SmtpReceiver.Smtp.Envelope;
using Cybertemp.Sync;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Cybertemp.Benchmarks.Filtering;

/// <summary>
/// From the start of <c>insert into bans</c> to the verdict at each of three receivers' filters, and from <c>delete</c>
/// back, with the poll set to a day: trigger, NOTIFY, Sync, Redis, announcement, snapshot.
/// </summary>
internal static class FilterLatencyBenchmark
{
    private const int Replicas = 3;
    private const int WarmUp = 10;

    private static readonly Mailbox Sender = new("someone", "banned.example");

    /// <summary>
    /// Arguments: connection string of an empty database, Redis endpoint, changes (200), other bans in the table (0).
    /// </summary>
    public static async Task RunAsync(string[] arguments)
    {
        var changes = arguments.Length > 2 ? int.Parse(arguments[2], provider: null) : 200;
        await using var dataSource = NpgsqlDataSource.Create(arguments[0]);
        await new SchemaMigrator(dataSource, NullLogger<SchemaMigrator>.Instance).MigrateAsync(CancellationToken.None);
        await ExecuteAsync(dataSource, "truncate bans");
        await ExecuteAsync(
            dataSource,
            "insert into bans (scope, value) select 'email', 'u' || i || '@example.org' from generate_series(1, "
                + $"{(arguments.Length > 3 ? arguments[3] : "0")}) i");
        using var sync = await StartAsync(arguments, static builder => builder.AddSync());
        var receivers = await Task.WhenAll(
            Enumerable.Range(0, Replicas).Select(_ => StartAsync(arguments, static builder => builder.AddFiltering())));
        var sources = receivers.Select(static r => r.Services.GetRequiredService<FilterSource>()).ToArray();
        var (set, lifted) = (new List<double>(), new List<double>());
        for (var i = -WarmUp; i < changes; i++)
        {
            await MeasureAsync(
                dataSource,
                "insert into bans (scope, value) values ('domain', 'banned.example')",
                PolicyVerdict.Refused,
                sources,
                i < 0 ? [] : set);
            await MeasureAsync(
                dataSource,
                "delete from bans where scope = 'domain'",
                PolicyVerdict.Accepted,
                sources,
                i < 0 ? [] : lifted);
        }

        Measurement.ReportLatencies(Console.Out, "insert to refusal at each receiver", set);
        Measurement.ReportLatencies(Console.Out, "delete to acceptance at each receiver", lifted);
        await Task.WhenAll(receivers.Append(sync).Select(static h => h.StopAsync()));
    }

    private static async Task MeasureAsync(
        NpgsqlDataSource dataSource, string sql, PolicyVerdict expected, FilterSource[] sources,
        List<double> milliseconds)
    {
        // Changes that follow each other faster than this are taken together on purpose.
        await Task.Delay(200);
        var started = Stopwatch.GetTimestamp();
        var seen = sources.Select(s => Task.Run(() => WaitAsync(s, expected, started))).ToArray();
        await ExecuteAsync(dataSource, sql);
        milliseconds.AddRange(await Task.WhenAll(seen));
    }

    private static async Task<double> WaitAsync(FilterSource source, PolicyVerdict expected, long started)
    {
        while (source.CheckSender(Sender) != expected)
        {
            await Task.Delay(1);
        }

        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static async Task<IHost> StartAsync(string[] arguments, Action<HostApplicationBuilder> add)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:cybertemp"] = arguments[0],
            ["ConnectionStrings:redis"] = arguments[1],
            ["Filters:PollInterval"] = "1.00:00:00",
        });
        add(builder);
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource dataSource, string sql)
    {
        await using var command = dataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
