using System.Diagnostics.Metrics;

namespace Cybertemp.SmtpReceiver.Heartbeat;

/// <summary>Pings and their failures. Thread-safe.</summary>
internal sealed class HeartbeatMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _pings = meters.Create("Cybertemp.SmtpReceiver")
        .CreateCounter<long>(
            "cybertemp.heartbeat.pings", "{ping}", "Pings sent to the monitor; error.type when one failed.");

    public void Answered() => _pings.Add(1);

    public void Failed(Exception ex) =>
        _pings.Add(1, new KeyValuePair<string, object?>("error.type", ex.GetType().FullName));
}
