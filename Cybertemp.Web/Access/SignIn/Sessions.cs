using Cybertemp.Mail.Inboxes;
using Cybertemp.Web.Database;
using Microsoft.Extensions.Caching.Memory;

namespace Cybertemp.Web.Access.SignIn;

/// <summary>
/// Opens private inboxes by their password, and knows the sessions that it or a replica opened. Thread-safe.
/// </summary>
internal sealed class Sessions(MailDatabase database, SessionToken tokens, TimeSpan lifetime, TimeProvider time)
    : IDisposable
{
    /// <summary>
    /// Hashing a password takes a processor for a good part of a second: the others stay with the readers.
    /// </summary>
    private const int MaxHashesAtOnce = 1;

    /// <summary>Longer ones are none that a command took.</summary>
    public const int MaxPasswordLength = 1_000;

    private const int MaxRemembered = 10_000;

    /// <summary>So long a session outlives its password.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _places = new(MaxHashesAtOnce);
    private readonly MemoryCache _marks = new(new MemoryCacheOptions { SizeLimit = MaxRemembered });

    /// <summary>
    /// Null when address and password do not belong together, after the same work for an address that is not private.
    /// </summary>
    public async Task<OpenSession?> OpenAsync(string address, string password, CancellationToken ct)
    {
        var hash = await FindHashAsync(address, ct);
        await _places.WaitAsync(ct);
        bool isRight;
        try
        {
            isRight = await Task.Run(
                () => PasswordHash.Verify(password, hash) && password.Length <= MaxPasswordLength, ct);
        }
        finally
        {
            _places.Release();
        }

        if (!isRight)
        {
            return null;
        }

        var expires = DateTimeOffset.FromUnixTimeSeconds((time.GetUtcNow() + lifetime).ToUnixTimeSeconds());
        var token = tokens.Issue(new Session(address, expires, SessionToken.MarkOf(hash!)));
        return new OpenSession(token, expires.UtcDateTime);
    }

    /// <summary>What is stored of a new password; waits for its turn as the others do.</summary>
    public async Task<string> HashAsync(string password, CancellationToken ct)
    {
        await _places.WaitAsync(ct);
        try
        {
            return await Task.Run(() => PasswordHash.Create(password), ct);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>The owner that a token is of; null for a token that is not good, or no longer.</summary>
    public async Task<Reader?> FindAsync(string token, CancellationToken ct)
    {
        if (!tokens.TryRead(token, time.GetUtcNow(), out var session))
        {
            return null;
        }

        if (!_marks.TryGetValue(session.Address, out ulong? mark))
        {
            var hash = await FindHashAsync(session.Address, ct);
            mark = hash is null ? null : SessionToken.MarkOf(hash);
            _marks.Set(
                session.Address, mark,
                new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = MaxAge });
        }

        return mark == session.PasswordMark ? Reader.OwnerOf(session.Address) : null;
    }

    public void Dispose()
    {
        _places.Dispose();
        _marks.Dispose();
    }

    private async Task<string?> FindHashAsync(string address, CancellationToken ct)
    {
        await using var command = database.Main.CreateCommand(
            "select password_hash from private_email where email = $1");
        command.Parameters.Add(Parameters.Text(address));
        return await command.ExecuteScalarAsync(ct) as string;
    }
}
