using System.Globalization;
using System.Security.Cryptography;

namespace Cybertemp.Mail.Inboxes;

/// <summary>
/// <c>private_email.password_hash</c>: PBKDF2-HMAC-SHA256 in the modular crypt format that passlib and others verify,
/// <c>$pbkdf2-sha256$rounds$salt$hash</c>, both parts in base 64 with "." for "+" and without padding.
/// </summary>
internal static class PasswordHash
{
    // OWASP's advice for this function.
    private const int Rounds = 600_000;
    private const int MaxRounds = 10_000_000;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    public static string Create(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, Rounds, HashAlgorithmName.SHA256, HashBytes);
        return string.Create(CultureInfo.InvariantCulture, $"$pbkdf2-sha256${Rounds}${Encode(salt)}${Encode(hash)}");
    }

    /// <summary>
    /// Whether it is the password, in a time that says nothing of either. Of no hash, or one that is none of ours, it
    /// is not, after the same work.
    /// </summary>
    /// <param name="password">As typed.</param>
    /// <param name="hash">As <see cref="Create"/> makes them; null for none.</param>
    public static bool Verify(string password, string? hash)
    {
        var isOurs = TryParse(hash, out var rounds, out var salt, out var expected);
        var actual = Rfc2898DeriveBytes.Pbkdf2(password, salt, rounds, HashAlgorithmName.SHA256, expected.Length);
        return CryptographicOperations.FixedTimeEquals(actual, expected) && isOurs;
    }

    private static bool TryParse(string? text, out int rounds, out byte[] salt, out byte[] hash)
    {
        (rounds, salt, hash) = (Rounds, new byte[SaltBytes], new byte[HashBytes]);
        return text?.Split('$') is ["", "pbkdf2-sha256", var count, var first, var second]
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var given)
            && given is > 0 and <= MaxRounds && TryDecode(first, salt) && TryDecode(second, hash)
            && (rounds = given) > 0;
    }

    private static bool TryDecode(string text, byte[] bytes)
    {
        var padded = text.Replace('.', '+').PadRight((text.Length + 3) / 4 * 4, '=');
        return Convert.TryFromBase64String(padded, bytes, out var written) && written == bytes.Length;
    }

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '.');
}
