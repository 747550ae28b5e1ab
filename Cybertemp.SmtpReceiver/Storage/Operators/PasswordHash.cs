using System.Globalization;
using System.Security.Cryptography;

namespace Cybertemp.SmtpReceiver.Storage.Operators;

/// <summary>
/// <c>private_email.password_hash</c>: PBKDF2-HMAC-SHA256 in the modular crypt format that passlib and others verify,
/// <c>$pbkdf2-sha256$rounds$salt$hash</c>, both parts in base 64 with "." for "+" and without padding.
/// </summary>
internal static class PasswordHash
{
    // OWASP's advice for this function.
    private const int Rounds = 600_000;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    public static string Create(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, Rounds, HashAlgorithmName.SHA256, HashBytes);
        return string.Create(CultureInfo.InvariantCulture, $"$pbkdf2-sha256${Rounds}${Encode(salt)}${Encode(hash)}");
    }

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '.');
}
