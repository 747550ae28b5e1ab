using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Cybertemp.SmtpReceiver.Storage.Operators;

/// <summary>The commands; each returns the exit code.</summary>
internal sealed class Operator(NpgsqlDataSource dataSource, StorageOptions options, OperatorConsole console)
{
    private const int Done = 0;
    private const int NotFound = 1;

    private readonly PrivateAddresses _private = new(dataSource);
    private readonly InboxMail _mail = new(dataSource);

    public async Task<int> ListPrivateAsync(CancellationToken ct)
    {
        foreach (var address in await _private.ListAsync(ct))
        {
            await console.WriteLineAsync(address);
        }

        return Done;
    }

    public async Task<int> AddPrivateAsync(string address, bool readsPassword, CancellationToken ct)
    {
        var password = readsPassword ? await console.Input.ReadLineAsync(ct) : null;
        var moved = await _private.AddAsync(address, string.IsNullOrEmpty(password) ? null : PasswordHash.Create(password), ct);
        await console.WriteLineAsync(Text($"{address} is private; {moved} stored messages moved with it"));
        return Done;
    }

    public async Task<int> RemovePrivateAsync(string address, CancellationToken ct)
    {
        var wasPrivate = await _private.RemoveAsync(address, ct);
        await console.WriteLineAsync(wasPrivate ? $"{address} is temporary; its private mail stays private" : $"{address} was not private");
        return wasPrivate ? Done : NotFound;
    }

    public async Task<int> PurgeAsync(string address, CancellationToken ct)
    {
        if (await _mail.IsOnHoldAsync(address, ct))
        {
            await console.Error.WriteLineAsync($"{address} is on hold: release it first");
            return NotFound;
        }

        await console.WriteLineAsync(Text($"{await _mail.PurgeAsync(address, ct)} messages deleted"));
        return Done;
    }

    public async Task<int> ExportAsync(string address, CancellationToken ct)
    {
        var mbox = new MboxWriter(console.Output);
        await foreach (var message in _mail.ReadAsync(address, ct))
        {
            await mbox.WriteAsync(message, ct);
        }

        await console.Output.FlushAsync(ct);
        return Done;
    }

    public async Task<int> HoldAsync(string address, CancellationToken ct)
    {
        await _mail.HoldAsync(address, ct);
        await console.WriteLineAsync($"{address} is on hold");
        return Done;
    }

    public async Task<int> ReleaseAsync(string address, CancellationToken ct)
    {
        var wasOnHold = await _mail.ReleaseAsync(address, ct);
        await console.WriteLineAsync(wasOnHold ? $"{address} is released" : $"{address} was not on hold");
        return wasOnHold ? Done : NotFound;
    }

    public async Task<int> RunRetentionAsync(bool force, CancellationToken ct)
    {
        var retention = new Retention(
            dataSource,
            new EmailPartitions(dataSource, NullLogger<EmailPartitions>.Instance),
            new StorageClock(TimeProvider.System, NullLogger<StorageClock>.Instance),
            Options.Create(options),
            NullLogger<Retention>.Instance);
        var isDone = await retention.RunAsync(force, ct);
        await console.WriteLineAsync(isDone ? "retention is done" : "a long reader is in the way: run it again");
        return isDone ? Done : NotFound;
    }

    public async Task<int> MigrateAsync(CancellationToken ct)
    {
        await new SchemaMigrator(dataSource, NullLogger<SchemaMigrator>.Instance).MigrateAsync(ct);
        await console.WriteLineAsync(Text($"the schema has version {SchemaMigrator.KnownVersion}"));
        return Done;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
