namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>
/// The order of commands, and what each of them does to the state of its session. It reads and writes nothing. Owned by
/// one session.
/// </summary>
internal sealed class SmtpDialogue(
    SmtpServer server, MailTransaction transaction, MessageReceiver receiver, SessionClock clock, SessionTrace trace)
{
    private SmtpState _stateAfterRefusal;
    private BdatChunk _chunk;
    private bool _isExtended;
    private bool _mailRefused;

    public SmtpState State { get; private set; } = SmtpState.Connected;

    /// <summary>Of the last command; the session forgets it before it reads the next.</summary>
    public SmtpVerb Verb { get; set; }

    /// <summary>What is to be read in the state <see cref="SmtpState.Chunk"/>.</summary>
    public BdatChunk Chunk => _chunk;

    /// <summary>The order of commands (RFC 5321 §4.1.4) is this table and nothing else.</summary>
    /// <returns>Null when the reply comes after octets that are still to be read.</returns>
    public SmtpReply? Execute(SmtpCommand command) => (Verb = command.Verb) switch
    {
        SmtpVerb.Data or SmtpVerb.Rset or SmtpVerb.Quit or SmtpVerb.StartTls when !command.Argument.IsEmpty => SmtpReply.NoArgumentAllowed,
        SmtpVerb.Vrfy or SmtpVerb.Expn when command.Argument.IsEmpty => SmtpReply.ArgumentMissing,
        SmtpVerb.Ehlo or SmtpVerb.Helo => Greet(command),
        SmtpVerb.StartTls => BeginTls(),
        SmtpVerb.Bdat => BeginChunk(command.Argument),
        SmtpVerb.Mail when State is SmtpState.Ready => BeginTransaction(command.Argument),
        SmtpVerb.Rcpt when State is SmtpState.Mail or SmtpState.Rcpt => Advance(SmtpState.Rcpt, transaction.Add(command.Argument)),
        SmtpVerb.Data when State is SmtpState.Rcpt => BeginData(),
        SmtpVerb.Data when State is SmtpState.Mail && transaction.HasRefusedRecipients => SmtpReply.NoValidRecipients,
        SmtpVerb.Rcpt or SmtpVerb.Data when _mailRefused => SmtpReply.NoTransaction,
        SmtpVerb.Mail or SmtpVerb.Rcpt or SmtpVerb.Data when State is SmtpState.ChunkRefused => SmtpReply.ChunkingFailed,
        SmtpVerb.Mail or SmtpVerb.Rcpt or SmtpVerb.Data => SmtpReply.BadSequence,
        SmtpVerb.Rset when State is SmtpState.Connected => SmtpReply.Ok,
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
        State = reply.IsNegative ? _stateAfterRefusal : SmtpState.Chunking;
        return reply;
    }

    /// <summary>Ends the transaction, if one is open.</summary>
    public SmtpReply Reset(SmtpState next, SmtpReply reply)
    {
        trace.MessageEnded(Verb is SmtpVerb.Data or SmtpVerb.Bdat ? reply : null);
        transaction.Clear();
        receiver.Clear();
        _mailRefused = false;
        State = next;
        return reply;
    }

    public void Close() => State = SmtpState.Closed;

    private SmtpReply Greet(SmtpCommand command)
    {
        if (command.Argument.IsEmpty || command.Argument.Length > MailDomain.MaxLength)
        {
            return SmtpReply.HelloSyntax;
        }

        _isExtended = command.Verb is SmtpVerb.Ehlo;
        receiver.Helo = command.Argument.ToString();
        var capabilities = receiver.Tls is null ? server.Capabilities : server.CapabilitiesWithinTls;
        return Reset(SmtpState.Ready, _isExtended ? capabilities : server.Hello);
    }

    private SmtpReply BeginTls() => State switch
    {
        _ when !server.Certificates.IsOffered => SmtpReply.NotImplemented,
        _ when receiver.Tls is not null => SmtpReply.TlsActive,
        not SmtpState.Ready => SmtpReply.BadSequence,
        _ => Advance(SmtpState.StartTls, SmtpReply.ReadyForTls),
    };

    private SmtpReply BeginTransaction(ReadOnlySpan<char> argument)
    {
        var reply = Advance(SmtpState.Mail, transaction.Begin(argument, _isExtended));
        _mailRefused = reply.IsNegative;
        if (!_mailRefused)
        {
            clock.Progress();
            trace.MessageBegan();
        }

        return reply;
    }

    private SmtpReply BeginData()
    {
        if (server.InFlight.IsExhausted)
        {
            return Reset(SmtpState.Ready, SmtpReply.MemoryFull);
        }

        receiver.Begin();
        return Advance(SmtpState.Data, SmtpReply.StartMailInput);
    }

    /// <summary>The chunk is read whatever becomes of it; without a readable size the session cannot go on.</summary>
    private SmtpReply? BeginChunk(ReadOnlySpan<char> argument)
    {
        if (!BdatChunk.TryParse(argument, out _chunk))
        {
            return SmtpReply.ChunkSizeUnreadable;
        }

        if (State is not (SmtpState.Chunking or SmtpState.ChunkRefused))
        {
            receiver.Begin();
        }

        _chunk = _chunk with { Refusal = _chunk.Refusal ?? RefuseChunk() };
        _stateAfterRefusal = State is SmtpState.Connected or SmtpState.Ready ? State : SmtpState.ChunkRefused;
        State = SmtpState.Chunk;
        return null;
    }

    private SmtpReply? RefuseChunk() => State switch
    {
        SmtpState.Rcpt when server.InFlight.IsExhausted => SmtpReply.MemoryFull,
        SmtpState.Rcpt or SmtpState.Chunking => null,
        SmtpState.ChunkRefused => SmtpReply.ChunkingFailed,
        SmtpState.Mail when transaction.HasRefusedRecipients => SmtpReply.NoValidRecipients,
        _ when _mailRefused => SmtpReply.NoTransaction,
        _ => SmtpReply.BadSequence,
    };

    private SmtpReply Advance(SmtpState next, SmtpReply reply)
    {
        State = reply.IsNegative ? State : next;
        return reply;
    }
}
