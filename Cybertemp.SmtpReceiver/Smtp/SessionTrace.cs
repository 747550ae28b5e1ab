using System.Diagnostics;

namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>
/// The spans of one session and of the message it is about, from MAIL to the reply. No addresses: a trace is read by more
/// people than a mailbox. Costs nothing while nobody listens.
/// </summary>
internal sealed class SessionTrace : IDisposable
{
    /// <summary>Of the meter too: the assembly's name.</summary>
    public const string SourceName = "Cybertemp.SmtpReceiver";

    private static readonly ActivitySource Source = new(SourceName);

    private readonly Activity? _session;
    private Activity? _message;

    public SessionTrace(SmtpPeer peer)
    {
        _session = Source.StartActivity("smtp.session", ActivityKind.Server);
        _session?.SetTag("cybertemp.smtp.reference", peer.Reference);
        Activity.Current = null;
    }

    public void Secured(string tls) => _session?.SetTag("cybertemp.smtp.tls", tls);

    public void MessageBegan()
    {
        if (_session is not null)
        {
            _message = Source.StartActivity("smtp.message", ActivityKind.Server, _session.Context);
            Activity.Current = null;
        }
    }

    /// <summary>Makes the message's span the parent of what the current method starts from here on.</summary>
    public void MessageHandedOver(ReceivedMessage message)
    {
        Activity.Current = _message;
        _message?.SetTag("cybertemp.message.uid", message.Uid.ToString());
        _message?.SetTag("cybertemp.message.size", message.Content.Length);
        _message?.SetTag("cybertemp.message.recipients", message.Recipients.Count);
    }

    /// <summary>A refusal is an event of the message, or of the session outside of one.</summary>
    public void Refused(SmtpVerb verb, SmtpReply reply, int number)
    {
        if ((_message ?? _session) is { } span)
        {
            span.AddEvent(new ActivityEvent("refused", tags: new ActivityTagsCollection
            {
                ["cybertemp.smtp.verb"] = verb.ToString(),
                ["cybertemp.smtp.reply.code"] = reply.Code,
                ["cybertemp.smtp.reply.enhanced_code"] = reply.EnhancedCode,
                ["cybertemp.smtp.reference.number"] = number,
            }));
        }
    }

    public void MessageEnded(SmtpReply? reply)
    {
        if (reply is not null)
        {
            _message?.SetTag("cybertemp.smtp.reply.code", reply.Code);
            _message?.SetStatus(reply.Code is >= 400 and < 500 ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
        }

        _message?.Dispose();
        _message = null;
    }

    public void Dispose()
    {
        MessageEnded(reply: null);
        _session?.Dispose();
    }
}
