using System.ComponentModel.DataAnnotations;

namespace Cybertemp.SmtpReceiver.Heartbeat;

/// <summary>Section <c>Heartbeat</c>.</summary>
internal sealed class HeartbeatOptions
{
    public const string Section = "Heartbeat";

    /// <summary>
    /// The monitor's URL, http:// or https://, asked with GET; none by default. Alias: HEARTBEAT_URL.
    /// </summary>
    [WebAddress]
    public Uri? Url { get; set; }

    /// <summary>Time between two pings. Default 60 s, the baseline's.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long one ping may take. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}
