using System.Security.Cryptography;
using System.Text;
using Cybertemp.Web.Access.SignIn;
using Microsoft.Extensions.Options;

namespace Cybertemp.Web.Access;

/// <summary>Whose a secret is. Thread-safe.</summary>
internal sealed class KnownReaders(Sessions sessions, Claims claims, IOptions<WebOptions> options)
{
    private readonly byte[]? _operator = options.Value.OperatorKey is { Length: > 0 } key ? Hash(key) : null;

    private readonly byte[][] _keys = [.. SecretListAttribute.Parse(options.Value.ApiKeys).Select(Hash)];

    /// <summary>
    /// The operator, the owner that a session is of, or the holder of a claim; null for any other secret.
    /// </summary>
    public async Task<Reader?> FindAsync(string secret, CancellationToken ct) =>
        _operator is not null && CryptographicOperations.FixedTimeEquals(_operator, Hash(secret))
            ? Reader.Operator
            : await sessions.FindAsync(secret, ct) ?? await claims.FindAsync(secret, ct);

    /// <summary>
    /// False once the session or claim that a request came with has ended, or its password has changed.
    /// </summary>
    public async Task<bool> IsStillAsync(HttpContext context, CancellationToken ct) =>
        context.ReaderSecret() is not { } secret || await FindAsync(secret, ct) == context.Reader();

    /// <summary>
    /// Names nobody and opens nothing, but is not wrong: one that is configured, or any while none is.
    /// </summary>
    public bool IsApiKey(string secret)
    {
        if (_keys.Length == 0)
        {
            return !secret.StartsWith(SessionToken.Prefix, StringComparison.Ordinal);
        }

        var (given, isKnown) = (Hash(secret), false);
        foreach (var key in _keys)
        {
            isKnown |= CryptographicOperations.FixedTimeEquals(key, given);
        }

        return isKnown;
    }

    /// <summary>Equal lengths, whatever is compared.</summary>
    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
