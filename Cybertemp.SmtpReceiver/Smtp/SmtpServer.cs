using Microsoft.Extensions.Options;

namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>What all sessions share. Thread-safe.</summary>
internal sealed class SmtpServer(IOptions<SmtpOptions> options, SmtpPorts ports, TimeProvider time, ILogger<SmtpServer> logger)
{
    public SmtpOptions Options { get; } = options.Value;

    public SmtpPorts Ports { get; } = ports;

    public TimeProvider Time { get; } = time;

    public ILogger Logger { get; } = logger;

    public ByteBudget InFlight { get; } = new(options.Value.MaxInFlightBytes, time);

    public SmtpReply Greeting { get; } = SmtpReply.Ready(options.Value.HostName);

    public SmtpReply Hello { get; } = SmtpReply.Hello(options.Value.HostName);

    public SmtpReply Capabilities { get; } = SmtpReply.Capabilities(options.Value, offersTls: false);
}
