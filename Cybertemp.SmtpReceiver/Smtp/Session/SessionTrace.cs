using System.Diagnostics;
using Cybertemp.SmtpReceiver.Smtp.Content;
using Cybertemp.SmtpReceiver.Smtp.Listening;

namespace Cybertemp.SmtpReceiver.Smtp.Session;

/// <summary>
/// The span of one session and those of its messages, each from MAIL to its reply. A message is a trace of its own,
/// linked to the session: sessions can last for thousands of messages, and head sampling decides by trace. No
/// addresses: a trace is read by more people than a mailbox. Costs nothing while nobody listens.
/// </summary>
internal sealed class SessionTrace : IDisposable
{
    /// <summary>Of the meter too: the assembly's name.</summary>
    public const string SourceName = "Cybertemp.SmtpReceiver";

    private const string Reference = "cybertemp.smtp.reference";

    private static readonly ActivitySource Source = new(SourceName);

    private readonly SmtpPeer _peer;
    private readonly Activity? _session;
    private Activity? _message;
    private Activity? _receive;

    // The message is over, its reply is not sent yet.
    private Activity? _answered;

    public SessionTrace(SmtpPeer peer)
    {
        _peer = peer;
        _session = Source.StartActivity("smtp.session", ActivityKind.Server);
        _session?.SetTag(Reference, peer.Reference);
        Activity.Current = null;
    }

    /// <summary>
    /// What is logged now belongs to the message, or to the session outside of one; also when it is not sampled.
    /// </summary>
    public Activity? Current => _message ?? _answered ?? _session;

    public void Secured(string tls) => _session?.SetTag("cybertemp.smtp.tls", tls);

    public void MessageBegan()
    {
        if (Source.HasListeners())
        {
            IEnumerable<ActivityLink> links = _session is null ? [] : [new ActivityLink(_session.Context)];
            _message = Source.StartActivity("smtp.message", ActivityKind.Server, parentContext: default, links: links);
            _message?.SetTag(Reference, _peer.Reference);
            Activity.Current = null;
        }
    }

    public void ContentBegan()
    {
        if (_message is not null)
        {
            _receive = Source.StartActivity("receive", ActivityKind.Internal, _message.Context);
            Activity.Current = null;
        }
    }

    /// <summary>Makes the message's span the parent of what the current method starts from here on.</summary>
    public void MessageHandedOver(ReceivedMessage message)
    {
        ContentEnded();
        Activity.Current = _message;
        if (_message is { IsAllDataRequested: true })
        {
            _message.SetTag("cybertemp.message.uid", message.Uid.ToString());
            _message.SetTag("cybertemp.message.size", message.Content.Length);
            _message.SetTag("cybertemp.message.recipients", message.Envelope.Recipients.Count);
        }
    }

    /// <summary>
    /// A refusal is an event of the message, or of the session outside of one; a message that is refused, or of which a
    /// recipient is and no content comes, is an error.
    /// </summary>
    public void Refused(SmtpVerb verb, SmtpReply reply, int number)
    {
        MarkRefused(_message, reply);
        if (Current is { IsAllDataRequested: true } span)
        {
            span.AddEvent(new ActivityEvent("refused", tags: new ActivityTagsCollection
            {
                ["cybertemp.smtp.verb"] = verb.ToString().ToUpperInvariant(),
                ["cybertemp.smtp.reason"] = reply.Reason,
                ["cybertemp.smtp.reply.code"] = reply.Code,
                ["cybertemp.smtp.reply.enhanced_code"] = reply.EnhancedCode,
                ["cybertemp.smtp.reference.number"] = number,
            }));
        }
    }

    public void MessageEnded(SmtpReply? reply)
    {
        ContentEnded();
        if (reply is not null && _message is { IsAllDataRequested: true })
        {
            _message.SetTag("cybertemp.smtp.reply.code", reply.Code);
            _message.SetStatus(reply.IsNegative ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
        }

        (_answered, _message) = (_message ?? _answered, null);
    }

    private static void MarkRefused(Activity? span, SmtpReply reply)
    {
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag("cybertemp.smtp.reply.code", reply.Code);
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    public void ReplySent()
    {
        _answered?.Dispose();
        _answered = null;
    }

    public void Dispose()
    {
        MessageEnded(reply: null);
        ReplySent();
        _session?.Dispose();
    }

    private void ContentEnded()
    {
        _receive?.Dispose();
        _receive = null;
    }
}
