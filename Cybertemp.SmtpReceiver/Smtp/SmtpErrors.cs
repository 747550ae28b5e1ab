namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>Counts a session's mistakes and refusals, and says when it has had enough.</summary>
internal sealed class SmtpErrors(SmtpOptions options)
{
    private int _errors;
    private int _refusals;

    /// <summary>The reply itself, or the one that closes the session in its place.</summary>
    public SmtpReply Count(SmtpReply reply) => reply switch
    {
        { IsClientError: true } => ++_errors > options.MaxErrors ? SmtpReply.TooManyErrors : reply,
        { Code: >= 500 } => ++_refusals > options.MaxRefusals ? SmtpReply.TooManyRefusals : reply,
        _ => reply,
    };

    public void MessageAccepted() => _refusals = 0;
}
