using System.Diagnostics;

namespace Cybertemp.SmtpReceiver.Intake;

/// <summary>The spans between the final dot and the reply; children of the message's span.</summary>
internal static class IntakeTrace
{
    /// <summary>Named as the assembly, like the meter.</summary>
    public static readonly ActivitySource Source = new("Cybertemp.SmtpReceiver");
}
