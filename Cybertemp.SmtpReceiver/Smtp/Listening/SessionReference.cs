namespace Cybertemp.SmtpReceiver.Smtp.Listening;

/// <summary>Short names of sessions, to be read out over a telephone: no I, L, O or U (Crockford's base 32).</summary>
internal static class SessionReference
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 8;

    /// <summary>Forty random bits: not a secret, and unlikely to repeat within a log.</summary>
    public static string Create() => string.Create(Length, Random.Shared.NextInt64(), static (reference, bits) =>
    {
        for (var i = 0; i < reference.Length; i++)
        {
            reference[i] = Alphabet[(int)((bits >> (5 * i)) & 31)];
        }
    });
}
