using System.Diagnostics;
using System.Globalization;
using System.Text;
using Cybertemp.Benchmarks.Compare;
using Cybertemp.Benchmarks.Compare.Rounds;
using Cybertemp.Benchmarks.Load;
using Cybertemp.Tests.Support;

namespace Cybertemp.Benchmarks.Scenarios;

/// <summary>Throughput beside many rows: an empty database, a tenth of the rows and all of them take turns.</summary>
internal static class GrowthBenchmark
{
    private const int Days = 6;
    private const int Batch = 250_000;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>Arguments: --rows 10000000 (about 500 octets each) and those of every scenario.</summary>
    public static async Task RunAsync(string[] arguments)
    {
        var scenario = Scenario.Parse("growth", arguments, sessions: 50, "--rows");
        var rows = scenario.Line.Number("--rows", 10_000_000);
        await using var postgres = await CompareTarget.StartPostgresAsync();
        var lanes = new List<Lane>();
        foreach (var count in (int[])[0, rows / 10, rows])
        {
            var target = await FillAsync(postgres, count);
            lanes.Add(Lane.Create($"{count:N0}", target, LoadMode.Pipe, scenario.Sessions, 4096));
        }

        var results = await scenario.Turns.TakeAsync(lanes);
        var text = new StringBuilder(scenario.Conditions(
                $"pipe, {scenario.Sessions} sessions, mails of 4,096 bytes", results.Values))
            .Append("\n| rows before | messages/s | of an empty table's | p50 / p99 ms | wanted | dreamt of |\n")
            .Append("| --- | --- | --- | --- | --- | --- |\n");
        foreach (var lane in lanes)
        {
            var (result, goal) = (results[lane], lane == lanes[^1] ? "0.8 x | 0.95 x" : "|");
            text.Append(Culture, $"| {lane.Name} | {result.PerSecond:N0} ({result.Least:N0} to {result.Most:N0}) ")
                .Append(Culture, $"| {result.RatioTo(results[lanes[0]]):F2} x | {result.P50:F1} / {result.P99:F1} ")
                .Append(Culture, $"| {goal} |\n");
            await lane.Target.DisposeAsync();
        }

        await scenario.ReportAsync(text.ToString());
    }

    /// <summary>Mail of the last days, evenly to a tenth as many inboxes.</summary>
    private static async Task<CompareTarget> FillAsync(PostgresServer postgres, int rows)
    {
        var target = await CompareTarget.StartAsync(Contenders.Get(Contenders.Ours), postgres);
        var clock = Stopwatch.StartNew();
        await target.ScalarAsync(
            $"select emails_add_day((now() at time zone 'utc')::date - d) from generate_series(1, {Days}) d");
        await target.ScalarAsync(string.Create(Culture, $"""
            insert into inbox (address)
            select 'box' || n || '@{LoadOptions.Domain}' from generate_series(0, {rows / 10}) n on conflict do nothing
            """));
        for (var first = 0; first < rows; first += Batch)
        {
            await target.ScalarAsync(Insert(first, Math.Min(first + Batch, rows), rows));
        }

        await target.ScalarAsync("vacuum analyze emails");
        await target.ScalarAsync("analyze inbox");
        await target.ScalarAsync("checkpoint");
        Console.WriteLine(string.Create(Culture, $"{rows:N0} rows, {clock.Elapsed.TotalSeconds:F0} s: ")
            + await target.ScalarAsync("select pg_size_pretty(pg_database_size(current_database()))"));
        return target;
    }

    /// <summary>Ids are of version 7, as the receiver's: they grow with the time.</summary>
    private static string Insert(int from, int to, int rows) => string.Create(Culture, $"""
        insert into emails (id, message_uid, inbox, received_at, mail_from, from_name, from_address, subject, text,
            html, message_id, raw, size_bytes, attachments, headers, parse_note, client_ip, helo)
        select (lpad(to_hex((extract(epoch from t) * 1000)::bigint), 12, '0') || '7'
                || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid,
            md5(n::text)::uuid, 'box' || n % {Math.Max(rows / 10, 1)} || '@{LoadOptions.Domain}',
            t, 'no-reply@shop.example', 'Example Shop', 'no-reply@shop.example', 'Your order ' || n,
            'Your verification code is ' || 100000 + n % 900000, '', '', '\x00', 4096, '[]', '[]',
            '', '127.0.0.1', 'mail.shop.example'
        from generate_series({from}, {to - 1}) n, lateral (select date_trunc('day', now(), 'UTC')
            - interval '{Days} days' + n * (interval '{Days} days' / {rows})) d (t)
        """);
}
