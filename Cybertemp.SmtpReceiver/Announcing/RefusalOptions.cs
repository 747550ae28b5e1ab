using System.ComponentModel.DataAnnotations;

namespace Cybertemp.SmtpReceiver.Announcing;

/// <summary>What operators can look up of refused mail; kept in Redis, with addresses.</summary>
internal sealed class RefusalOptions
{
    public const string Section = "Refusals";

    /// <summary>Refusals of all receivers that are kept, nearly. Default 10,000: about 5 MB; 0 keeps none.</summary>
    [Range(0, 1_000_000)]
    public int MaxKept { get; set; } = 10_000;

    /// <summary>How long one is kept. Default 1 day: who misses a mail asks soon.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(1);
}
