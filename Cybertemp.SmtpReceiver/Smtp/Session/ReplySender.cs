using System.Diagnostics;
using Cybertemp.SmtpReceiver.Smtp.Listening;
using Cybertemp.SmtpReceiver.Smtp.Transport;

namespace Cybertemp.SmtpReceiver.Smtp.Session;

/// <summary>
/// The one place where a session's replies go out: counted against its limits, measured, and, when negative, logged and
/// traced with the reference that the client sees. Owned by one session.
/// </summary>
/// <param name="session">Null before there is a session.</param>
internal sealed class ReplySender(
    SmtpShared shared, SmtpPeer peer, SmtpTransport transport, SessionTrace trace, SessionState? session)
{
    private int _errors;
    private int _refusals;

    /// <summary>We have ended the session, and the client may still be sending.</summary>
    public bool HasBrokenOff { get; private set; }

    /// <summary>Sends the reply, or the one that closes the session in its place.</summary>
    /// <returns>What was sent.</returns>
    public SmtpReply Send(SmtpVerb verb, SmtpReply reply)
    {
        reply = Count(reply);
        HasBrokenOff |= reply.ClosesSession;
        transport.Replies.Write(reply);
        shared.Metrics.Replied(verb, reply);
        if (reply is { IsLackOfMemory: true, Limit: { } limit })
        {
            shared.MemoryAlarm.Refused(limit);
        }

        if (reply.IsNegative)
        {
            trace.Refused(verb, reply, transport.Replies.NegativeReplies);
            Log(verb, reply);
        }

        trace.ReplySent();
        return reply;
    }

    public void MessageAccepted() => _refusals = 0;

    /// <summary>The line carries the trace's id, since a logger takes it from the current activity.</summary>
    private void Log(SmtpVerb verb, SmtpReply reply)
    {
        Activity.Current = trace.Current;
        var (from, to) = session?.Transaction.Named(verb) ?? ("", "");
        shared.Mail.Refused(peer, transport.Replies.NegativeReplies, verb, reply, session?.Helo ?? "", from, to);
        Activity.Current = null;
    }

    private SmtpReply Count(SmtpReply reply) => reply switch
    {
        { ClosesSession: true } => reply,
        { IsClientError: true } => ++_errors > shared.Options.MaxErrors ? SmtpReply.TooManyErrors : reply,
        { Code: >= 500 } => ++_refusals > shared.Options.MaxRefusals ? SmtpReply.TooManyRefusals : reply,
        _ => reply,
    };
}
