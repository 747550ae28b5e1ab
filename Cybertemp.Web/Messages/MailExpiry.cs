namespace Cybertemp.Web.Messages;

/// <summary>When temporary mail goes: with its UTC day, once the whole day is past the retention.</summary>
/// <param name="retention">The receiver's <c>Storage:Retention</c>; zero keeps everything.</param>
internal sealed class MailExpiry(TimeSpan retention)
{
    /// <summary>The earliest time that a message received then may be gone; null when it is kept.</summary>
    public DateTime? Of(DateTime receivedAt) =>
        retention > TimeSpan.Zero ? receivedAt.Date.AddDays(1) + retention : null;
}
