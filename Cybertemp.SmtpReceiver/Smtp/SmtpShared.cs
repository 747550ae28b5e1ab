using Cybertemp.Mail.Clients;
using Cybertemp.SmtpReceiver.Smtp.Limits;
using Cybertemp.SmtpReceiver.Smtp.Listening;
using Cybertemp.SmtpReceiver.Smtp.Tls;
using Microsoft.Extensions.Options;

namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>What all sessions share. Thread-safe.</summary>
internal sealed class SmtpShared
{
    private const int ReservedPart = 20;

    public SmtpShared(
        IOptions<SmtpOptions> options, SmtpBackend backend, InboxLimits inboxes, TlsCertificates certificates,
        SmtpMetrics metrics, MailLog mail, TimeProvider time, ILogger<SmtpListener> logger)
    {
        (Options, Backend, Inboxes, Certificates) = (options.Value, backend, inboxes, certificates);
        (Metrics, Mail, Time, Logger) = (metrics, mail, time, logger);
        Clients = new ClientLimits(Options, time);
        Sessions = new WeightedSemaphore(Options.MaxSessions, Options.MaxWaitingConnections, time);
        FurtherSessions = new WeightedSemaphore(
            Options.MaxSessions - (Options.MaxSessions / ReservedPart), Options.MaxWaitingConnections, time);
        Content = ContentBudgetOf(Options);
        MemoryAlarm = new MemoryAlarm(Content, time, logger);
        ProxyNetworks = NetworkList.Parse(Options.ProxyNetworks);
        UnlimitedNetworks = NetworkList.Parse(Options.UnlimitedNetworks);
        metrics.Observe(Sessions, FurtherSessions, Content);
        Greeting = SmtpReply.Ready(Options.HostName);
        Hello = SmtpReply.Hello(Options.HostName);
        Capabilities = SmtpReply.Capabilities(Options, certificates.IsOffered);
        CapabilitiesWithinTls = SmtpReply.Capabilities(Options, offersTls: false);
    }

    public SmtpOptions Options { get; }

    public SmtpBackend Backend { get; }

    public InboxLimits Inboxes { get; }

    public TlsCertificates Certificates { get; }

    public SmtpMetrics Metrics { get; }

    public MailLog Mail { get; }

    public TimeProvider Time { get; }

    public ILogger Logger { get; }

    public NetworkList ProxyNetworks { get; }

    public NetworkList UnlimitedNetworks { get; }

    public ClientLimits Clients { get; }

    /// <summary>Sessions, and the line in front of them.</summary>
    public WeightedSemaphore Sessions { get; }

    /// <summary>
    /// Those of clients that have one already, or are exempt: fewer by a twentieth, so that clients without any find
    /// room.
    /// </summary>
    public WeightedSemaphore FurtherSessions { get; }

    /// <summary>Memory for messages that are being received or stored.</summary>
    public ContentBudget Content { get; }

    public MemoryAlarm MemoryAlarm { get; }

    public SmtpReply Greeting { get; }

    public SmtpReply Hello { get; }

    public SmtpReply Capabilities { get; }

    /// <summary>RFC 3207 §4.2: STARTTLS is not offered a second time.</summary>
    public SmtpReply CapabilitiesWithinTls { get; }

    private static ContentBudget ContentBudgetOf(SmtpOptions options)
    {
        var least = ContentBudget.LeastLimitFor(options.MaxMessageBytes);
        var limit = options.MaxInFlightBytes ?? Math.Max(least, SmtpOptions.DefaultMaxInFlightBytes);
        return new ContentBudget(limit, options.MaxInFlightBytesPerClient ?? Math.Max(least, limit / 4));
    }
}
