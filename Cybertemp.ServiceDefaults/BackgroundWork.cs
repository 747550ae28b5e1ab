using System.Diagnostics;
using OpenTelemetry;

namespace Cybertemp.ServiceDefaults;

/// <summary>
/// Polls, leases and housekeeping are not traced unless they fail: what a driver did for nothing that is traced is not
/// exported when it went well. Thread-safe.
/// </summary>
internal sealed class BackgroundWork : BaseProcessor<Activity>
{
    private static readonly string[] Drivers =
        ["Npgsql", "OpenTelemetry.Instrumentation.StackExchangeRedis", "System.Net.Http"];

    public override void OnEnd(Activity data)
    {
        if (data.ParentSpanId == default
            && data.Status is not ActivityStatusCode.Error && Drivers.Contains(data.Source.Name))
        {
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
