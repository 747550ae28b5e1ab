using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Cybertemp.Web.Access.SignIn;

/// <summary>
/// A session that is nowhere but in the reader's hand: whose it is, until when, and for which password, signed with
/// HMAC-SHA256. Any replica with the same key knows it. Immutable; thread-safe.
/// </summary>
/// <param name="key">At least 32 octets.</param>
internal sealed class SessionToken(byte[] key)
{
    public const string Prefix = "cts_";

    private const int TimeBytes = sizeof(long);
    private const int PasswordBytes = 8;
    private const int SignatureBytes = HMACSHA256.HashSizeInBytes;
    private const int MaxLength = 1_000;

    /// <summary>A mark of a password's hash: another password, another mark.</summary>
    public static ulong MarkOf(string passwordHash) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(passwordHash)));

    public string Issue(Session session)
    {
        var address = Encoding.UTF8.GetBytes(session.Address);
        var token = new byte[TimeBytes + PasswordBytes + address.Length + SignatureBytes];
        BinaryPrimitives.WriteInt64BigEndian(token, session.ExpiresAt.ToUnixTimeSeconds());
        BinaryPrimitives.WriteUInt64BigEndian(token.AsSpan(TimeBytes), session.PasswordMark);
        address.CopyTo(token.AsSpan(TimeBytes + PasswordBytes));
        HMACSHA256.HashData(key, token.AsSpan(..^SignatureBytes), token.AsSpan(^SignatureBytes..));
        return Prefix + Base64Url.EncodeToString(token);
    }

    /// <summary>False for what this key has not signed, or has signed for a time that is over.</summary>
    public bool TryRead(string text, DateTimeOffset now, [NotNullWhen(true)] out Session? session)
    {
        session = null;
        if (text.Length > MaxLength || !text.StartsWith(Prefix, StringComparison.Ordinal)
            || !Base64Url.IsValid(text.AsSpan(Prefix.Length)))
        {
            return false;
        }

        var token = Base64Url.DecodeFromChars(text.AsSpan(Prefix.Length)).AsSpan();
        if (token.Length <= TimeBytes + PasswordBytes + SignatureBytes || !IsSigned(token))
        {
            return false;
        }

        session = new Session(
            Encoding.UTF8.GetString(token[(TimeBytes + PasswordBytes)..^SignatureBytes]),
            DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(token)),
            BinaryPrimitives.ReadUInt64BigEndian(token[TimeBytes..]));
        return session.ExpiresAt > now;
    }

    private bool IsSigned(ReadOnlySpan<byte> token)
    {
        Span<byte> signature = stackalloc byte[SignatureBytes];
        HMACSHA256.HashData(key, token[..^SignatureBytes], signature);
        return CryptographicOperations.FixedTimeEquals(signature, token[^SignatureBytes..]);
    }
}
