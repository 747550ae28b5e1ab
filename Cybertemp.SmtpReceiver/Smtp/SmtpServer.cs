using Microsoft.Extensions.Options;

namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>What all sessions share. Thread-safe.</summary>
internal sealed class SmtpServer
{
    public SmtpServer(
        IOptions<SmtpOptions> options, SmtpPorts ports, InboxLimits inboxes, TlsCertificates certificates,
        SmtpMetrics metrics, TimeProvider time, ILogger<SmtpServer> logger)
    {
        (Options, Ports, Inboxes, Certificates, Metrics, Time, Logger) = (options.Value, ports, inboxes, certificates, metrics, time, logger);
        Clients = new ClientLimits(Options, time);
        Sessions = new Quota(Options.MaxSessions, Options.MaxWaitingConnections, time);
        InFlight = new Quota(Options.MaxInFlightBytes, int.MaxValue, time);
        ProxyNetworks = NetworkList.Parse(Options.ProxyNetworks);
        UnlimitedNetworks = NetworkList.Parse(Options.UnlimitedNetworks);
        metrics.Observe(Sessions, InFlight);
        Greeting = SmtpReply.Ready(Options.HostName);
        Hello = SmtpReply.Hello(Options.HostName);
        Capabilities = SmtpReply.Capabilities(Options, certificates.IsOffered);
        CapabilitiesWithinTls = SmtpReply.Capabilities(Options, offersTls: false);
    }

    public SmtpOptions Options { get; }

    public SmtpPorts Ports { get; }

    public InboxLimits Inboxes { get; }

    public TlsCertificates Certificates { get; }

    public SmtpMetrics Metrics { get; }

    public TimeProvider Time { get; }

    public ILogger Logger { get; }

    public NetworkList ProxyNetworks { get; }

    public NetworkList UnlimitedNetworks { get; }

    public ClientLimits Clients { get; }

    /// <summary>Sessions, and the line in front of them.</summary>
    public Quota Sessions { get; }

    /// <summary>Octets of content.</summary>
    public Quota InFlight { get; }

    public SmtpReply Greeting { get; }

    public SmtpReply Hello { get; }

    public SmtpReply Capabilities { get; }

    /// <summary>RFC 3207 §4.2: STARTTLS is not offered a second time.</summary>
    public SmtpReply CapabilitiesWithinTls { get; }
}
