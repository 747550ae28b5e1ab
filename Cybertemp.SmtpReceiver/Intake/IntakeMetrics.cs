using System.Diagnostics;
using System.Diagnostics.Metrics;
using Cybertemp.SmtpReceiver.Smtp;

namespace Cybertemp.SmtpReceiver.Intake;

/// <summary>From end of data to the reply.</summary>
internal sealed class IntakeMetrics
{
    private readonly Histogram<double> _duration;

    public IntakeMetrics(IMeterFactory meters) => _duration = meters
        .Create(typeof(IntakeMetrics).Assembly.GetName().Name!)
        .CreateHistogram<double>(
            "cybertemp.intake.duration",
            "s",
            "From end of data to the reply; error.type is the enhanced status code of a refusal.",
            advice: new()
            {
                HistogramBucketBoundaries = [.0005, .001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 2, 5, 10, 30, 60],
            });

    public long Start() => _duration.Enabled ? Stopwatch.GetTimestamp() : 0;

    public void Stop(long started, SmtpReply reply)
    {
        if (started == 0)
        {
            return;
        }

        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (reply.IsNegative)
        {
            _duration.Record(elapsed, new KeyValuePair<string, object?>("error.type", reply.EnhancedCode));
        }
        else
        {
            _duration.Record(elapsed);
        }
    }
}
