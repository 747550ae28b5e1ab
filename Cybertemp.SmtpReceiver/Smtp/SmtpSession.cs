using System.Runtime.CompilerServices;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;

namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>One SMTP conversation, greeting to QUIT (RFC 5321 §3). Owned by one connection; not thread-safe.</summary>
internal sealed class SmtpSession : IDisposable
{
    private readonly SmtpServer _server;
    private readonly SmtpPeer _peer;
    private readonly SmtpTransport _transport;
    private readonly MailTransaction _transaction;
    private readonly MessageReceiver _receiver;
    private readonly ReplySender _replies;
    private readonly SessionTrace _trace;
    private readonly SessionClock _clock;
    private SmtpState _state = SmtpState.Connected;
    private SmtpState _stateAfterRefusal;
    private SmtpVerb _verb;
    private BdatChunk _chunk;
    private bool _isExtended;
    private bool _mailRefused;

    public SmtpSession(SmtpServer server, SmtpPeer peer, SmtpTransport transport)
    {
        (_server, _peer, _transport) = (server, peer, transport);
        _trace = new SessionTrace(peer);
        _transaction = new MailTransaction(server, peer);
        _receiver = new MessageReceiver(server, peer, transport, _transaction, _trace);
        _replies = new ReplySender(server, peer, transport, _trace);
        _clock = new SessionClock(server.Options, server.Time);
    }

    /// <summary>Completes when the last reply is on its way, or the client is gone.</summary>
    /// <param name="ct">Cuts short the storing of a message; waits end by <see cref="SmtpTransport.RequestStop"/>.</param>
    /// <returns>True when we end the session and the client may still be sending.</returns>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        try
        {
            await ConverseAsync(ct);
        }
        catch (Exception ex) when (ex is not (OutOfMemoryException or IOException or ConnectionAbortedException or AuthenticationException))
        {
            SmtpLog.SessionFailed(_server.Logger, ex, _peer.Reference);
            Answer(SmtpReply.InternalError);
        }

        return await _transport.EndAsync() && _replies.HasBrokenOff;
    }

    public void Dispose()
    {
        _receiver.Dispose();
        _trace.Dispose();
    }

    private async ValueTask ConverseAsync(CancellationToken ct)
    {
        _transport.Write(_server.Greeting);
        while (_state is not SmtpState.Closed)
        {
            if (await ReadCommandAsync() is { } reply)
            {
                Answer(reply);
            }

            await ContinueAsync(ct);
        }
    }

    /// <summary>What a command's reply announced: content, or a handshake.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask ContinueAsync(CancellationToken ct)
    {
        if (_state is SmtpState.Data or SmtpState.Chunk)
        {
            Answer(await ReceiveAsync(ct));
        }
        else if (_state is SmtpState.StartTls)
        {
            await SecureAsync();
        }

        if (!await _transport.FlushIfLargeAsync())
        {
            _state = SmtpState.Closed;
        }
    }

    /// <summary>Null when the reply comes after octets that are still to be read, or nobody is there to read it.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<SmtpReply?> ReadCommandAsync()
    {
        var status = await _transport.ReadLineAsync(_clock.CommandTimeLeft);
        _verb = SmtpVerb.Unknown;
        switch (status)
        {
            case InputStatus.Ready when _clock.IsIdle:
            case InputStatus.TimedOut:
                return _clock.TimeoutReply;
            case InputStatus.Ready:
                return ExecuteLine();
            case InputStatus.LineTooLong:
                return SmtpReply.LineTooLong;
            case InputStatus.BareLineFeed:
                return SmtpReply.BareLineFeed;
            case InputStatus.Stopping:
                return SmtpReply.ShuttingDown;
            case InputStatus.Endless:
                return SmtpReply.LineEndless;
            case InputStatus.Closed:
            default:
                _state = SmtpState.Closed;
                return null;
        }
    }

    private SmtpReply? ExecuteLine()
    {
        Span<char> text = stackalloc char[_server.Options.MaxLineBytes];
        if (!CommandLine.TryDecode(_transport.Line, text, out var length))
        {
            return SmtpReply.NotText;
        }

        var command = SmtpCommand.Parse(text[..length]);
        _verb = command.Verb;
        return Execute(command);
    }

    /// <summary>The order of commands (RFC 5321 §4.1.4) is this table and nothing else.</summary>
    private SmtpReply? Execute(SmtpCommand command) => command.Verb switch
    {
        SmtpVerb.Data or SmtpVerb.Rset or SmtpVerb.Quit or SmtpVerb.StartTls when !command.Argument.IsEmpty => SmtpReply.NoArgumentAllowed,
        SmtpVerb.Vrfy or SmtpVerb.Expn when command.Argument.IsEmpty => SmtpReply.ArgumentMissing,
        SmtpVerb.Ehlo or SmtpVerb.Helo => Greet(command),
        SmtpVerb.StartTls => BeginTls(),
        SmtpVerb.Bdat => BeginChunk(command.Argument),
        SmtpVerb.Mail when _state is SmtpState.Ready => BeginTransaction(command.Argument),
        SmtpVerb.Rcpt when _state is SmtpState.Mail or SmtpState.Rcpt => Advance(SmtpState.Rcpt, _transaction.Add(command.Argument)),
        SmtpVerb.Data when _state is SmtpState.Rcpt => BeginData(),
        SmtpVerb.Data when _state is SmtpState.Mail && _transaction.HasRefusedRecipients => SmtpReply.NoValidRecipients,
        SmtpVerb.Rcpt or SmtpVerb.Data when _mailRefused => SmtpReply.NoTransaction,
        SmtpVerb.Mail or SmtpVerb.Rcpt or SmtpVerb.Data when _state is SmtpState.ChunkRefused => SmtpReply.ChunkingFailed,
        SmtpVerb.Mail or SmtpVerb.Rcpt or SmtpVerb.Data => SmtpReply.BadSequence,
        SmtpVerb.Rset when _state is SmtpState.Connected => SmtpReply.Ok,
        SmtpVerb.Rset => Reset(SmtpState.Ready, SmtpReply.Ok),
        SmtpVerb.Noop => SmtpReply.Ok,
        SmtpVerb.Vrfy => SmtpReply.CannotVerify,
        SmtpVerb.Help => SmtpReply.HelpText,
        SmtpVerb.Quit => Advance(SmtpState.Closed, SmtpReply.Closing),
        SmtpVerb.Expn => SmtpReply.NotImplemented,
        SmtpVerb.Unknown => SmtpReply.CommandUnrecognized,
    };

    private SmtpReply Greet(SmtpCommand command)
    {
        if (command.Argument.IsEmpty || command.Argument.Length > MailDomain.MaxLength)
        {
            return SmtpReply.HelloSyntax;
        }

        _isExtended = command.Verb is SmtpVerb.Ehlo;
        _receiver.Helo = command.Argument.ToString();
        var capabilities = _receiver.Tls is null ? _server.Capabilities : _server.CapabilitiesWithinTls;
        return Reset(SmtpState.Ready, _isExtended ? capabilities : _server.Hello);
    }

    private SmtpReply BeginTls() => this switch
    {
        _ when !_server.Certificates.IsOffered => SmtpReply.NotImplemented,
        { _receiver.Tls: not null } => SmtpReply.TlsActive,
        { _state: not SmtpState.Ready } => SmtpReply.BadSequence,
        _ => Advance(SmtpState.StartTls, SmtpReply.ReadyForTls),
    };

    private SmtpReply BeginTransaction(ReadOnlySpan<char> argument)
    {
        var reply = Advance(SmtpState.Mail, _transaction.Begin(argument, _isExtended));
        _mailRefused = reply.IsNegative;
        if (!_mailRefused)
        {
            _clock.Progress();
            _trace.MessageBegan();
        }

        return reply;
    }

    private SmtpReply BeginData()
    {
        if (_server.InFlight.IsExhausted)
        {
            return Reset(SmtpState.Ready, SmtpReply.MemoryFull);
        }

        _receiver.Begin();
        return Advance(SmtpState.Data, SmtpReply.StartMailInput);
    }

    /// <summary>The chunk is read whatever becomes of it; without a readable size the session cannot go on.</summary>
    private SmtpReply? BeginChunk(ReadOnlySpan<char> argument)
    {
        if (!BdatChunk.TryParse(argument, out _chunk))
        {
            return SmtpReply.ChunkSizeUnreadable;
        }

        if (_state is not (SmtpState.Chunking or SmtpState.ChunkRefused))
        {
            _receiver.Begin();
        }

        _chunk = _chunk with { Refusal = _chunk.Refusal ?? RefuseChunk() };
        _stateAfterRefusal = _state is SmtpState.Connected or SmtpState.Ready ? _state : SmtpState.ChunkRefused;
        _state = SmtpState.Chunk;
        return null;
    }

    private SmtpReply? RefuseChunk() => _state switch
    {
        SmtpState.Rcpt when _server.InFlight.IsExhausted => SmtpReply.MemoryFull,
        SmtpState.Rcpt or SmtpState.Chunking => null,
        SmtpState.ChunkRefused => SmtpReply.ChunkingFailed,
        SmtpState.Mail when _transaction.HasRefusedRecipients => SmtpReply.NoValidRecipients,
        _ when _mailRefused => SmtpReply.NoTransaction,
        _ => SmtpReply.BadSequence,
    };

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<SmtpReply> ReceiveAsync(CancellationToken ct)
    {
        var (reply, isComplete) = _state is SmtpState.Data
            ? (await _receiver.ReceiveDataAsync(ct), true)
            : await _receiver.ReceiveChunkAsync(_chunk, ct);
        if (!isComplete)
        {
            _state = reply.IsNegative ? _stateAfterRefusal : SmtpState.Chunking;
            return reply;
        }

        _clock.Progress();
        if (!reply.IsNegative)
        {
            _replies.MessageAccepted();
        }

        return Reset(SmtpState.Ready, reply);
    }

    /// <summary>RFC 3207 §4.2: after the handshake both sides know nothing of what was said before.</summary>
    private async ValueTask SecureAsync()
    {
        Reset(SmtpState.Connected, SmtpReply.ReadyForTls);
        _receiver.Helo = "";
        _receiver.Tls = await TlsHandshake.RunAsync(_server, _transport);
        _trace.Secured(_receiver.Tls);
    }

    private void Answer(SmtpReply reply)
    {
        if (_replies.Send(_verb, reply).ClosesSession)
        {
            _state = SmtpState.Closed;
        }
    }

    /// <summary>Ends the transaction, if one is open.</summary>
    private SmtpReply Reset(SmtpState next, SmtpReply reply)
    {
        _trace.MessageEnded(_verb is SmtpVerb.Data or SmtpVerb.Bdat ? reply : null);
        _transaction.Clear();
        _receiver.Clear();
        _mailRefused = false;
        _state = next;
        return reply;
    }

    private SmtpReply Advance(SmtpState next, SmtpReply reply)
    {
        _state = reply.IsNegative ? _state : next;
        return reply;
    }
}
