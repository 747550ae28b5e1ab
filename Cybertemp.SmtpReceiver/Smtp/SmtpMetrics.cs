using System.Diagnostics.Metrics;
using System.Net.Sockets;
using Cybertemp.SmtpReceiver.Smtp.Envelope;
using Cybertemp.SmtpReceiver.Smtp.Limits;
using Cybertemp.SmtpReceiver.Smtp.Listening;
using Cybertemp.SmtpReceiver.Smtp.Session;

namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>What the SMTP server measures. Thread-safe.</summary>
internal sealed class SmtpMetrics
{
    // error.type of connections and handshakes.
    public const string Lost = "lost";
    public const string TimedOut = "timeout";
    public const string Failed = "failed";

    /// <summary>The limit of a connection that came without the PROXY header it must have.</summary>
    public const string ProxyHeader = "proxy_header";

    private static readonly string[] Verbs =
        Array.ConvertAll(Enum.GetNames<SmtpVerb>(), static name => name.ToUpperInvariant());

    private readonly Meter _meter;
    private readonly UpDownCounter<long> _active;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _commands;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _recipients;
    private readonly Histogram<long> _messageSize;
    private readonly Counter<long> _limitHits;
    private readonly Histogram<double> _handshakes;

    public SmtpMetrics(IMeterFactory meterFactory)
    {
        _meter = meterFactory.Create(SessionTrace.SourceName);
        _active = _meter.CreateUpDownCounter<long>(
            "cybertemp.smtp.connection.active", "{connection}", "Open connections.");
        _duration = _meter.CreateHistogram<double>(
            "cybertemp.smtp.connection.duration", "s", "Accept to close.",
            advice: new() { HistogramBucketBoundaries = [.01, .1, .5, 1, 5, 10, 30, 60, 300, 600, 1800] });
        _commands = _meter.CreateCounter<long>("cybertemp.smtp.commands", "{command}", "Commands by verb and reply.");
        _refusals = _meter.CreateCounter<long>("cybertemp.smtp.refusals", "{refusal}", "Negative replies by reason.");
        _recipients = _meter.CreateCounter<long>(
            "cybertemp.smtp.recipients", "{recipient}", "RCPT by what the filters say.");
        _messageSize = _meter.CreateHistogram<long>(
            "cybertemp.smtp.message.size", "By", "Content of messages that were handed over.",
            advice: new()
            {
                HistogramBucketBoundaries =
                    [1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864],
            });
        _limitHits = _meter.CreateCounter<long>(
            "cybertemp.smtp.limit.hits", "{hit}", "Replies that report a limit, by limit.");
        _handshakes = _meter.CreateHistogram<double>(
            "cybertemp.smtp.tls.handshake.duration", "s", "STARTTLS handshakes.",
            advice: new() { HistogramBucketBoundaries = [.001, .005, .01, .05, .1, .5, 1, 5, 30] });
    }

    public void Observe(WeightedSemaphore sessions, WeightedSemaphore furtherSessions, ContentBudget content)
    {
        _meter.CreateObservableUpDownCounter(
            "cybertemp.smtp.session.usage", () => sessions.Used, "{session}", "Sessions in total.");
        _meter.CreateObservableUpDownCounter(
            "cybertemp.smtp.session.limit", () => sessions.Limit, "{session}", "What usage may reach.");
        _meter.CreateObservableUpDownCounter(
            "cybertemp.smtp.session.waiting", () => sessions.Waiting + furtherSessions.Waiting, "{connection}",
            "Connections in line for a session.");
        _meter.CreateObservableUpDownCounter(
            "cybertemp.smtp.inflight.usage", () => content.Used, "By", "Content held by sessions.");
        _meter.CreateObservableUpDownCounter(
            "cybertemp.smtp.inflight.limit", () => content.Limit, "By", "What usage may reach.");
    }

    public void ConnectionOpened(SmtpPeer peer) => _active.Add(1, NetworkType(peer));

    public void ConnectionClosed(SmtpPeer peer, TimeSpan duration, string? errorType)
    {
        _active.Add(-1, NetworkType(peer));
        if (errorType is null)
        {
            _duration.Record(duration.TotalSeconds, NetworkType(peer));
        }
        else
        {
            _duration.Record(duration.TotalSeconds, NetworkType(peer), Tag("error.type", errorType));
        }
    }

    public void Replied(SmtpVerb verb, SmtpReply reply)
    {
        _commands.Add(1, Tag("cybertemp.smtp.verb", Verbs[(int)verb]), Tag("cybertemp.smtp.reply.code", reply.Code));
        if (reply.IsNegative)
        {
            _refusals.Add(1, Tag("cybertemp.smtp.reason", reply.Reason));
        }

        LimitHit(reply.Limit);
    }

    public void LimitHit(string? limit)
    {
        if (limit is not null)
        {
            _limitHits.Add(1, Tag("cybertemp.smtp.limit", limit));
        }
    }

    public void RecipientChecked(PolicyVerdict verdict) =>
        _recipients.Add(1, Tag("cybertemp.filter.verdict", verdict switch
        {
            PolicyVerdict.Accepted => "accepted",
            PolicyVerdict.Refused => "refused",
            PolicyVerdict.Blocked => "blocked",
            PolicyVerdict.WithoutPrefix => "without_prefix",
            PolicyVerdict.NotReady => "not_ready",
        }));

    public void MessageHandedOver(long octets) => _messageSize.Record(octets);

    public void HandshakeEnded(TimeSpan duration, string? errorType)
    {
        if (errorType is null)
        {
            _handshakes.Record(duration.TotalSeconds);
        }
        else
        {
            _handshakes.Record(duration.TotalSeconds, Tag("error.type", errorType));
        }
    }

    private static KeyValuePair<string, object?> NetworkType(SmtpPeer peer) =>
        Tag("network.type", peer.Address.AddressFamily is AddressFamily.InterNetwork ? "ipv4" : "ipv6");

    private static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);
}
