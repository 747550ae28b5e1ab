using System.Buffers;
using Cybertemp.Mail.Addresses;
using Cybertemp.SmtpReceiver.Smtp.Content;
using Cybertemp.SmtpReceiver.Smtp.Envelope;

namespace Cybertemp.SmtpReceiver.Smtp.Session;

/// <summary>
/// The order of commands, and what each of them does to the state of its session. It reads and writes nothing. Owned by
/// one session.
/// </summary>
internal sealed class SmtpDialogue(
    SmtpShared shared, SessionState session, MessageReceiver receiver, SessionTrace trace)
{
    private static readonly SearchValues<char> NotInHostNames = SearchValues.Create(" <>@(),;\"\\");

    private readonly MailTransaction _transaction = session.Transaction;

    private SmtpState Step
    {
        get => session.Step;
        set => session.Step = value;
    }

    /// <summary>The order of commands (RFC 5321 §4.1.4) is this table and nothing else.</summary>
    /// <returns>Null when the reply comes after octets that are still to be read.</returns>
    public SmtpReply? Execute(SmtpCommand command) => (session.Verb = command.Verb) switch
    {
        SmtpVerb.Data or SmtpVerb.Rset or SmtpVerb.Quit or SmtpVerb.StartTls when !command.Argument.IsEmpty =>
            SmtpReply.NoArgumentAllowed,
        SmtpVerb.Vrfy or SmtpVerb.Expn when command.Argument.IsEmpty => SmtpReply.ArgumentMissing,
        SmtpVerb.Ehlo or SmtpVerb.Helo => Greet(command),

        SmtpVerb.StartTls when !shared.Certificates.IsOffered => SmtpReply.NotImplemented,
        SmtpVerb.StartTls when session.Tls is not null => SmtpReply.TlsActive,
        SmtpVerb.StartTls when Step is SmtpState.Ready => Advance(SmtpState.StartTls, SmtpReply.ReadyForTls),

        SmtpVerb.Mail when Step is SmtpState.Ready => BeginTransaction(command.Argument),
        SmtpVerb.Rcpt when Step is SmtpState.Mail or SmtpState.Rcpt =>
            Advance(SmtpState.Rcpt, _transaction.Add(command.Argument)),
        SmtpVerb.Data when Step is SmtpState.Rcpt => BeginData(),

        SmtpVerb.Bdat when Step is SmtpState.Rcpt or SmtpState.Chunking => BeginChunk(command.Argument, refusal: null),

        SmtpVerb.Data or SmtpVerb.Bdat when Step is SmtpState.Mail && _transaction.HasRefusedRecipients =>
            Refuse(command, SmtpReply.NoValidRecipients),
        SmtpVerb.Rcpt or SmtpVerb.Data or SmtpVerb.Bdat when _transaction.IsRefused =>
            Refuse(command, SmtpReply.NoTransaction),
        SmtpVerb.Mail or SmtpVerb.Rcpt or SmtpVerb.Data or SmtpVerb.Bdat when Step is SmtpState.ChunkRefused =>
            Refuse(command, SmtpReply.ChunkingFailed),
        SmtpVerb.Mail or SmtpVerb.Rcpt or SmtpVerb.Data or SmtpVerb.Bdat or SmtpVerb.StartTls =>
            Refuse(command, SmtpReply.BadSequence),

        SmtpVerb.Rset when Step is SmtpState.Connected => SmtpReply.Ok,
        SmtpVerb.Rset => Reset(SmtpState.Ready, SmtpReply.Ok),
        SmtpVerb.Noop => SmtpReply.Ok,
        SmtpVerb.Vrfy => SmtpReply.CannotVerify,
        SmtpVerb.Help => SmtpReply.HelpText,
        SmtpVerb.Quit => Advance(SmtpState.Closed, SmtpReply.Closing),
        SmtpVerb.Expn => SmtpReply.NotImplemented,
        SmtpVerb.Unknown => SmtpReply.CommandUnrecognized,
    };

    /// <summary>After a chunk that is not the end of a message.</summary>
    public SmtpReply EndChunk(SmtpReply reply)
    {
        Step = reply.IsNegative ? session.StepAfterRefusal : SmtpState.Chunking;
        return reply;
    }

    /// <summary>Ends the transaction, if one is open.</summary>
    public SmtpReply Reset(SmtpState next, SmtpReply reply)
    {
        trace.MessageEnded(session.Verb is SmtpVerb.Data or SmtpVerb.Bdat ? reply : null);
        _transaction.Clear();
        receiver.Clear();
        Step = next;
        return reply;
    }

    /// <summary>RFC 3207 §4.2: after the handshake both sides know nothing of what was said before.</summary>
    /// <param name="tls">TLS version and cipher suite.</param>
    public void Secured(string tls)
    {
        (session.Tls, session.Helo, session.IsExtended) = (tls, "", false);
        trace.Secured(tls);
    }

    private SmtpReply Greet(SmtpCommand command)
    {
        if (!IsHostName(command.Argument))
        {
            return SmtpReply.HelloSyntax;
        }

        (session.Helo, session.IsExtended) = (command.Argument.ToString(), command.Verb is SmtpVerb.Ehlo);
        var capabilities = session.Tls is null ? shared.Capabilities : shared.CapabilitiesWithinTls;
        return Reset(SmtpState.Ready, session.IsExtended ? capabilities : shared.Hello);
    }

    /// <summary>
    /// One word of what can be in a domain or an address literal, and of what real clients put there besides: it is
    /// stored, not judged.
    /// </summary>
    private static bool IsHostName(ReadOnlySpan<char> argument) =>
        argument.Length is > 0 and <= MailDomain.MaxLength && !argument.ContainsAny(NotInHostNames);

    private SmtpReply BeginTransaction(ReadOnlySpan<char> argument)
    {
        var reply = Advance(SmtpState.Mail, _transaction.Begin(argument, session.IsExtended));
        if (!reply.IsNegative)
        {
            trace.MessageBegan();
        }

        return reply;
    }

    private SmtpReply BeginData()
    {
        var refusal = receiver.Begin(announced: 0);
        return refusal is null
            ? Advance(SmtpState.Data, SmtpReply.StartMailInput)
            : Reset(SmtpState.Ready, refusal);
    }

    /// <summary>The octets of a refused chunk come all the same.</summary>
    private SmtpReply? Refuse(SmtpCommand command, SmtpReply refusal) =>
        command.Verb is SmtpVerb.Bdat ? BeginChunk(command.Argument, refusal) : refusal;

    /// <summary>The chunk is read whatever becomes of it; without a readable size the session cannot go on.</summary>
    private SmtpReply? BeginChunk(ReadOnlySpan<char> argument, SmtpReply? refusal)
    {
        if (!BdatChunk.TryParse(argument, out var chunk))
        {
            return SmtpReply.ChunkSizeUnreadable;
        }

        refusal = chunk.Refusal ?? refusal;
        if (Step is not (SmtpState.Chunking or SmtpState.ChunkRefused))
        {
            var noRoom = receiver.Begin(refusal is null ? chunk.Octets : 0);
            refusal ??= noRoom;
        }

        session.Chunk = chunk with { Refusal = refusal };
        session.StepAfterRefusal = Step is SmtpState.Connected or SmtpState.Ready ? Step : SmtpState.ChunkRefused;
        Step = SmtpState.Chunk;
        return null;
    }

    private SmtpReply Advance(SmtpState next, SmtpReply reply)
    {
        Step = reply.IsNegative ? Step : next;
        return reply;
    }
}
