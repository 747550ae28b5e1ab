using System.Diagnostics;

namespace Cybertemp.SmtpReceiver.Intake;

/// <summary>
/// The spans between the final dot and the reply; children of the message's span. Null when nobody listens.
/// </summary>
internal static class IntakeTrace
{
    /// <summary>Named as the assembly, like the meter.</summary>
    private static readonly ActivitySource Source = new("Cybertemp.SmtpReceiver");

    public static Activity? StartParse() => Source.StartActivity("parse");

    /// <summary>Until the outcome; the transaction has a span of its own, since it is shared.</summary>
    public static Activity? StartCommit() => Source.StartActivity("commit");
}
