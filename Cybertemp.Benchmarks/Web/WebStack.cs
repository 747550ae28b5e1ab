using System.Globalization;
using Cybertemp.Tests.Support;
using Cybertemp.Tests.Web;

namespace Cybertemp.Benchmarks.Web;

/// <summary>PostgreSQL, Redis, a receiver's storage in this process, and the web service in one of its own.</summary>
internal sealed class WebStack : IAsyncDisposable
{
    private readonly PostgresServer _postgres;
    private readonly RedisServer _redis;
    private readonly ServiceProcess _process;

    private WebStack(PostgresServer postgres, RedisServer redis, Mailroom mail, ServiceProcess process, int port)
    {
        (_postgres, _redis, _process, Mail) = (postgres, redis, process, mail);
        Client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1_000 })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
            Timeout = TimeSpan.FromMinutes(5),
        };
    }

    public Mailroom Mail { get; }

    public HttpClient Client { get; }

    public int Port => Client.BaseAddress!.Port;

    public string Redis => _redis.ConnectionString;

    /// <summary>Starts all of it.</summary>
    /// <param name="more">Variables of the web service.</param>
    public static async Task<WebStack> StartAsync(params (string Name, string Value)[] more)
    {
        var postgres = await PostgresServer.StartAsync("shared_buffers=512MB", "max_wal_size=4GB");
        var redis = await RedisServer.StartAsync();
        var mail = await Mailroom.OpenAsync(await postgres.CreateDatabaseAsync(), redis.ConnectionString);
        var process = await ServiceProcess.StartAsync(
            "Cybertemp.Web",
            more.Append(("ConnectionStrings__cybertemp", mail.ConnectionString))
                .Append(("ConnectionStrings__redis", redis.ConnectionString))
                .ToDictionary(static m => m.Item1, static m => m.Item2, StringComparer.Ordinal));
        return new WebStack(postgres, redis, mail, process, await process.WaitForPortAsync("Now listening on"));
    }

    /// <summary>Small mails, spread over the last minutes: 10,000 in one inbox, the rest over 100,000.</summary>
    public async Task FillAsync(int rows)
    {
        await using var fill = Mail.DataSource.CreateCommand(string.Create(CultureInfo.InvariantCulture, $"""
            insert into emails (id, message_uid, inbox, received_at, mail_from, from_name, from_address, subject, text,
                html, message_id, raw, size_bytes, attachments, headers, parse_note, client_ip, helo)
            select (lpad(to_hex((extract(epoch from t) * 1000)::bigint), 12, '0') || '7'
                    || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid,
                gen_random_uuid(), case when n % {Math.Max(rows / 10_000, 1)} = 0 then 'hot@temp.example'
                    else 'box' || n % 100000 || '@temp.example' end,
                t, 'no-reply@shop.example', 'Example Shop', 'no-reply@shop.example', 'Your order ' || n,
                'Your verification code is ' || 100000 + n % 900000 || '. ' || repeat('It rains in the shop. ', 10),
                '<p>Your verification code is <b>' || 100000 + n % 900000 || '</b></p>', '', '\x00', 4096, '[]', '[]',
                '', '127.0.0.1', 'mail.shop.example'
            from generate_series(1, {rows}) n, lateral (select date_trunc('day', now()) + n * interval '1 millisecond') d (t)
            """));
        fill.CommandTimeout = 0;
        await fill.ExecuteNonQueryAsync();
        await Mail.ScalarAsync("analyze emails");
    }

    /// <summary>In octets.</summary>
    public long ResidentBytes() => ProcessMemory.Of(_process.Id);

    /// <summary>User and system.</summary>
    public TimeSpan ProcessorTime()
    {
        using var process = System.Diagnostics.Process.GetProcessById(_process.Id);
        return process.TotalProcessorTime;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _process.DisposeAsync();
        await Mail.DisposeAsync();
        await _redis.DisposeAsync();
        await _postgres.DisposeAsync();
    }
}
