using System.Globalization;
using System.Text;
using Cybertemp.Mail.Filters.Mirror;
using Cybertemp.Mail.Inboxes;
using Cybertemp.Mail.Mime;
using Cybertemp.SmtpReceiver.Announcing;
using Cybertemp.SmtpReceiver.Commit;
using Cybertemp.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using StackExchange.Redis;

namespace Cybertemp.Tests.Web;

/// <summary>A database that a receiver fills: mail is read and committed as it does.</summary>
internal sealed class Mailroom : IAsyncDisposable
{
    private static readonly MessageReader Reader = new(new MimeLimits());

    private readonly StorageHost _storage;

    private Mailroom(string connectionString, StorageHost storage) =>
        (ConnectionString, _storage) = (connectionString, storage);

    public string ConnectionString { get; }

    public NpgsqlDataSource DataSource => _storage.DataSource;

    /// <summary>A receiver on a database.</summary>
    /// <param name="connectionString">Of the database.</param>
    /// <param name="redis">Where it announces mail; null for nowhere.</param>
    /// <param name="clock">How far its clock is ahead; null for not at all.</param>
    public static async Task<Mailroom> OpenAsync(
        string connectionString, string? redis = null, TimeSpan? clock = null) =>
        new(connectionString, await StorageHost.StartAsync(connectionString, replace: services =>
        {
            AddAnnouncer(services, redis);
            services.AddSingleton<TimeProvider>(new ShiftedTimeProvider(clock ?? TimeSpan.Zero));
        }));

    /// <summary>Completes after the commit.</summary>
    public Task DeliverAsync(string inbox, string subject, string text = "hello") => DeliverAsync(
        inbox,
        Encoding.UTF8.GetBytes(
            $"From: \"Shop Ltd\" <news@shop.example>\r\nSubject: {subject}\r\n"
                + $"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}"));

    /// <summary>Completes after the commit.</summary>
    public async Task DeliverAsync(string inbox, byte[] raw)
    {
        var read = Reader.Read(raw);
        var outcome = await _storage.WriteAsync(new StoredMessage(
            Guid.CreateVersion7(),
            new("bounce@shop.example", [], System.Net.IPAddress.Loopback, "mail.shop.example", Tls: null),
            [new StoredRecipient(inbox, IsReserved: false)],
            read,
            raw));
        Assert.Equal(WriteOutcome.Committed, outcome);
    }

    /// <summary>As an operator's command does.</summary>
    public Task MakePrivateAsync(string address, string password) => new PrivateAddresses(DataSource)
        .AddAsync(address, PasswordHash.Create(password), CancellationToken.None);

    public async Task<object?> ScalarAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>The newest row's id.</summary>
    public async Task<Guid> NewestIdAsync(string inbox, string table = "emails") => (Guid)(await ScalarAsync(
        string.Create(
            CultureInfo.InvariantCulture,
            $"select id from {table} where inbox = '{inbox}' order by received_at desc, id limit 1")))!;

    private static void AddAnnouncer(IServiceCollection services, string? redis)
    {
        if (redis is not null)
        {
            services.AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(redis));
            services.AddSingleton(static s => new MirrorConnection(s.GetRequiredService<IConnectionMultiplexer>));
            services.AddSingleton<AnnouncingMetrics>();
            services.AddHostedService<Announcer>();
        }
    }

    public ValueTask DisposeAsync() => _storage.DisposeAsync();
}
