using System.Diagnostics.Metrics;

namespace Cybertemp.SmtpReceiver.Announcing;

/// <summary>Meter <c>Cybertemp.SmtpReceiver</c>: announcements of new mail.</summary>
internal sealed class AnnouncingMetrics
{
    public const string Published = "published";
    public const string Dropped = "dropped";
    public const string Failed = "failed";

    private readonly Counter<long> _messages;

    public AnnouncingMetrics(IMeterFactory meters) => _messages = meters.Create("Cybertemp.SmtpReceiver")
        .CreateCounter<long>(
            "cybertemp.announcing.messages", "{message}", "Rows that were to be announced to readers.");

    public void Announced(int messages, string outcome) =>
        _messages.Add(messages, new KeyValuePair<string, object?>("cybertemp.announcing.outcome", outcome));
}
