using Cybertemp.Mail.Inboxes;
using Cybertemp.Mail.Schema;
using Cybertemp.Web.Database;
using Npgsql;

namespace Cybertemp.Web.Access.SignIn;

/// <summary>
/// Makes private addresses for whoever asks first, whose mail expires. An address that has had mail, or was leased, is
/// somebody's already, and one that is reserved is nobody's. Thread-safe.
/// </summary>
/// <param name="retention">Of each mail, from its receipt on; zero keeps it.</param>
internal sealed class Accounts(MailDatabase database, TimeSpan retention)
{
    private const string IsFree = """
        not exists (select from inbox where address = $1)
            and not exists (select from inbox_lease where address = $1)
            and not exists (select from private_emails where inbox = $1)
        """;

    private const string IsToBeHad =
        $"select {IsFree} and not exists (select from private_email where email = $1)";

    private const string Create = $"""
        with made as (
            insert into private_email (email, password_hash) select $1, $2 where {IsFree}
            on conflict (email) do nothing returning id, email, created_at),
        expiring as (insert into inbox_lease (address, mail_ttl) select email, nullif($3, interval '0') from made)
        select id, email, created_at from made
        """;

    // Waits for every batch that may have taken the address for a temporary one, and for leases under way.
    private const string Lock = "select set_config('lock_timeout', '5000', true), "
        + $"pg_advisory_xact_lock({AdvisoryLocks.PrivateAddresses})";

    /// <summary>True when it seems so: commits wait for who creates an account, and not for who cannot.</summary>
    /// <param name="address">In normal form.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<bool> IsToBeHadAsync(string address, CancellationToken ct)
    {
        await using var command = database.Main.CreateCommand(IsToBeHad);
        command.Parameters.Add(Parameters.Text(address));
        return await command.ExecuteScalarAsync(ct) is true;
    }

    /// <summary>Null when the address is not to be had.</summary>
    /// <param name="address">In normal form.</param>
    /// <param name="passwordHash">As <see cref="PasswordHash"/> makes them.</param>
    /// <param name="ct">Leaves it as it was, or done.</param>
    public async Task<Account?> CreateAsync(string address, string passwordHash, CancellationToken ct)
    {
        await using var batch = database.Main.CreateBatch();
        batch.BatchCommands.Add(new(Lock));
        batch.BatchCommands.Add(new(Create)
        {
            Parameters =
            {
                Parameters.Text(address), Parameters.Text(passwordHash),
                new NpgsqlParameter<TimeSpan> { TypedValue = retention },
            },
        });
        await using var row = await batch.ExecuteReaderAsync(ct);
        await row.NextResultAsync(ct);
        return await row.ReadAsync(ct) ? Of(row) : null;
    }

    /// <summary>Null when the address is not private.</summary>
    public async Task<Account?> FindAsync(string address, CancellationToken ct)
    {
        await using var command = database.Main.CreateCommand(
            "select id, email, created_at from private_email where email = $1");
        command.Parameters.Add(Parameters.Text(address));
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? Of(row) : null;
    }

    /// <summary>Nobody signs in to it any more. It stays private: its next mail is for nobody.</summary>
    public async Task CloseAsync(string address, CancellationToken ct)
    {
        await using var command = database.Main.CreateCommand(
            "update private_email set password_hash = null where email = $1");
        command.Parameters.Add(Parameters.Text(address));
        await command.ExecuteNonQueryAsync(ct);
    }

    private static Account Of(NpgsqlDataReader row) => new(row.GetGuid(0), row.GetString(1), row.GetDateTime(2));
}
