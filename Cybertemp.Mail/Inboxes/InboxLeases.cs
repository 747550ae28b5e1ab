using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Cybertemp.Mail.Schema;
using Npgsql;
using NpgsqlTypes;

namespace Cybertemp.Mail.Inboxes;

/// <summary>
/// Inboxes that end, and those that only the bearer of a token reads. A token is stored as its SHA-256: it has 256 bits
/// that nobody chose, so that no slower hash is needed. Thread-safe.
/// </summary>
internal sealed class InboxLeases(NpgsqlDataSource dataSource)
{
    /// <summary>What tokens begin with.</summary>
    public const string TokenPrefix = "ctc_";

    private const int TokenBytes = 32;

    /// <summary>Of a token; longer text is none.</summary>
    private const int TokenLength = 47;

    // No address becomes private in between.
    private const string Lock = "select set_config('lock_timeout', '5000', true), "
        + $"pg_advisory_xact_lock_shared({AdvisoryLocks.PrivateAddresses})";

    // The name is free while nobody can have got mail there, or be about to: what is there must not change hands.
    private const string Add = """
        insert into inbox_lease (address, token_hash, expires_at)
        select $1, $2, now() + $3
        where not exists (select from inbox where address = $1)
            and not exists (select from private_email where email = $1)
            and not exists (select from private_emails where inbox = $1)
        on conflict do nothing
        returning expires_at
        """;

    private const string Find =
        "select address from inbox_lease where token_hash = $1 and (expires_at is null or expires_at > now())";

    private const string Extend = """
        update inbox_lease set expires_at = now() + $2
        where address = $1 and (expires_at is null or expires_at > now()) returning expires_at
        """;

    private const string End = """
        update inbox_lease set expires_at = now() where address = $1 and (expires_at is null or expires_at > now())
        """;

    public static string CreateToken() =>
        TokenPrefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));

    public static bool IsToken(string text) =>
        text.Length == TokenLength && text.StartsWith(TokenPrefix, StringComparison.Ordinal);

    /// <summary>Leases an address that has never been used.</summary>
    /// <param name="address">Normalised, of no reserved local part.</param>
    /// <param name="token">What opens it; null leaves it open to whoever knows its name.</param>
    /// <param name="lifetime">From now on.</param>
    /// <param name="ct">Leaves it as it was, or done.</param>
    /// <returns>The end, in UTC; null when the address is taken.</returns>
    public async Task<DateTime?> AddAsync(string address, string? token, TimeSpan lifetime, CancellationToken ct)
    {
        await using var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(new(Lock));
        batch.BatchCommands.Add(new(Add)
        {
            Parameters = { Text(address), Hash(token), new NpgsqlParameter<TimeSpan> { TypedValue = lifetime } },
        });
        await using var row = await batch.ExecuteReaderAsync(ct);
        await row.NextResultAsync(ct);
        return await row.ReadAsync(ct) ? row.GetDateTime(0) : null;
    }

    /// <summary>The address that a token opens; null for a token that is not good, or no longer.</summary>
    public async Task<string?> FindAsync(string token, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(Find);
        command.Parameters.Add(Hash(token));
        return (string?)await command.ExecuteScalarAsync(ct);
    }

    /// <summary>Moves the end.</summary>
    /// <param name="address">Normalised.</param>
    /// <param name="lifetime">From now on.</param>
    /// <param name="ct">Leaves it as it was, or done.</param>
    /// <returns>The end, in UTC; null when the address is not leased, or no longer.</returns>
    public async Task<DateTime?> ExtendAsync(string address, TimeSpan lifetime, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(Extend);
        command.Parameters.Add(Text(address));
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = lifetime });
        return await command.ExecuteScalarAsync(ct) as DateTime?;
    }

    /// <summary>Ends it now: nobody is shown its mail any more, and retention deletes it.</summary>
    /// <returns>False when the address is not leased, or no longer.</returns>
    public async Task<bool> EndAsync(string address, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(End);
        command.Parameters.Add(Text(address));
        return await command.ExecuteNonQueryAsync(ct) > 0;
    }

    private static NpgsqlParameter<string> Text(string text) => new() { TypedValue = text };

    private static NpgsqlParameter Hash(string? token) => new()
    {
        NpgsqlDbType = NpgsqlDbType.Bytea,
        Value = token is null ? DBNull.Value : SHA256.HashData(Encoding.UTF8.GetBytes(token)),
    };
}
