using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Cybertemp.Mail.Webhooks;

/// <summary>
/// What a webhook's requests are signed with, as Standard Webhooks has it: <c>whsec_</c> and 24 to 64 octets in base
/// 64. Prints as stars. Immutable; thread-safe.
/// </summary>
internal sealed class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int CreatedBytes = 32;
    private const int MinBytes = 24;
    private const int MaxBytes = 64;

    private readonly byte[] _key;

    private WebhookSecret(byte[] key) => _key = key;

    public static WebhookSecret Create() => new(RandomNumberGenerator.GetBytes(CreatedBytes));

    /// <summary>Null for what is no secret.</summary>
    public static WebhookSecret? Parse(string text)
    {
        var key = new byte[MaxBytes];
        return text.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(text[Prefix.Length..], key, out var length) && length >= MinBytes
            ? new WebhookSecret(key[..length])
            : null;
    }

    /// <summary>For the table, and for the one who checks signatures; never for a log.</summary>
    public string Reveal() => Prefix + Convert.ToBase64String(_key);

    /// <summary>The value of <c>webhook-signature</c>: HMAC-SHA256 over id, time and body.</summary>
    public string Sign(string id, long unixSeconds, ReadOnlySpan<byte> body)
    {
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{unixSeconds}."));
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hmac.AppendData(head);
        hmac.AppendData(body);
        return $"v1,{Convert.ToBase64String(hmac.GetHashAndReset())}";
    }

    public override string ToString() => "whsec_***";
}
