using Cybertemp.Mail.Schema;
using Cybertemp.Tests.Commit.Crashes;
using Cybertemp.Tests.Support;
using Npgsql;

namespace Cybertemp.Tests.Storage.Maintenance;

public sealed class MidnightTests : IAsyncLifetime
{
    private const string Days =
        "select right(inhrelid::regclass::text, 8) from pg_inherits where inhparent = 'emails'::regclass order by 1";

    // The evening before, by PostgreSQL's clock.
    private static readonly DateTimeOffset Evening = new(
        TimeProvider.System.GetUtcNow().Date.AddHours(23), TimeSpan.Zero);

    private readonly int _port = ChildProcess.FreePort();
    private FakeClock _clock = null!;
    private FakeClock _receiverClock = null!;
    private PostgresServer _postgres = null!;
    private NpgsqlDataSource _database = null!;
    private ServiceProcess _receiver = null!;

    public async ValueTask InitializeAsync()
    {
        _clock = await FakeClock.AtAsync(Evening);
        _receiverClock = await FakeClock.AtAsync(Evening.AddDays(40));
        _postgres = await PostgresServer.StartAsync([.. _clock.Environment.Select(v => $"{v.Key}={v.Value}")], []);
        var connectionString = await _postgres.CreateDatabaseAsync();
        _database = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        _receiver = await ServiceProcess.StartAsync(
            "Cybertemp.SmtpReceiver", new Dictionary<string, string>(_receiverClock.Environment, StringComparer.Ordinal)
            {
                ["ConnectionStrings__cybertemp"] = connectionString,
                ["USE_SUPABASE_DOMAINS"] = "false",
                ["USE_SUPABASE_BANS"] = "false",
                ["SMTP_RECEIVE_PORT"] = $"{_port}",
                ["Storage__RetentionInterval"] = "00:00:01",
            });
        await _receiver.WaitForLineAsync("SMTP listens on");
    }

    public async ValueTask DisposeAsync()
    {
        await _receiver.DisposeAsync();
        await _database.DisposeAsync();
        await _postgres.DisposeAsync();
        _receiverClock.Dispose();
        _clock.Dispose();
    }

    [Fact]
    public async Task Under_load_with_a_long_reader_no_next_day_and_a_clock_40_days_off_nothing_is_refused_or_dropped()
    {
        // Another replica's turn at retention: this one does not make the missing day.
        var turn = await BeginAsync($"select pg_advisory_xact_lock({AdvisoryLocks.Retention})");
        foreach (var age in (int[])[9, 8, 7, 6])
        {
            await StoreOldMailAsync(age);
        }

        await _database.ExecuteAsync(
            $"alter table emails detach partition emails_{Day(1)}; drop table emails_{Day(1)}");
        var reader = await BeginAsync("select count(*) from emails");
        var reading = Task.Delay(TimeSpan.FromSeconds(20));
        await using var load = new AcknowledgedLoad(_port, sessions: 8, TimeSpan.FromMilliseconds(5));
        await load.WaitForMoreAsync(100, TimeSpan.FromSeconds(30));

        Assert.Equal(Day(2), (await _database.ColumnAsync(Days))[5]);
        _clock.Set(Evening.AddMinutes(59).AddSeconds(55));
        await Eventually.TrueAsync(async () => (await _database.ColumnAsync(Days)).Contains(Day(1)));
        await load.WaitForMoreAsync(100, TimeSpan.FromSeconds(30));
        await Task.WhenAll(turn.DisposeAsync().AsTask(), reading);
        await Eventually.TrueAsync(async () => (await _database.ColumnAsync(Days)).Contains(Day(8)));
        Assert.Equal(
            [Day(-9), Day(-8), Day(-7), Day(-6), .. Enumerable.Range(0, 9).Select(Day)],
            await _database.ColumnAsync(Days));
        await reader.DisposeAsync();
        await Eventually.TrueAsync(async () => (await _database.ColumnAsync(Days))[0] == Day(-6));
        await load.WaitForMoreAsync(100, TimeSpan.FromSeconds(30));
        await load.StopAsync();

        Assert.Contains(
            "away from PostgreSQL's: PostgreSQL's time is used", _receiver.Output, StringComparison.Ordinal);
        Assert.Equal((0, 0), (load.TemporaryRefusals, load.PermanentRefusals));
        var count = await load.CountAsync(_database);
        Assert.Equal((0, 0), (count.Lost, count.Duplicated));
        Assert.Equal([Day(-6), .. Enumerable.Range(0, 9).Select(Day)], await _database.ColumnAsync(Days));
        Assert.Equal([Day(-6), Day(0), Day(1)], await _database.ColumnAsync(
            "select distinct right(tableoid::regclass::text, 8) from emails order by 1"));
    }

    private static string Day(int offset) => $"{Evening.AddDays(offset):yyyyMMdd}";

    private async Task StoreOldMailAsync(int age) => await _database.ExecuteAsync(
        $"""
        select emails_add_day('{Day(-age)}');
        insert into emails (id, message_uid, inbox, received_at, mail_from, from_name, from_address, subject, text,
            html, message_id, raw, size_bytes, attachments, headers, parse_note, client_ip, helo)
        values (gen_random_uuid(), gen_random_uuid(), 'old@t', '{Evening.AddDays(-age):O}', '', '', '', '', '', '',
            '', '{age}', 1, '[]', '[]', '', '::1', '')
        """);

    /// <summary>A transaction that stays open until it is disposed.</summary>
    private async Task<NpgsqlConnection> BeginAsync(string sql)
    {
        var connection = await _database.OpenConnectionAsync();
        await using var command = new NpgsqlCommand($"begin; {sql}", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }
}
