using System.Runtime.CompilerServices;
using System.Security.Authentication;
using Cybertemp.SmtpReceiver.Smtp.Content;
using Cybertemp.SmtpReceiver.Smtp.Envelope;
using Cybertemp.SmtpReceiver.Smtp.Listening;
using Cybertemp.SmtpReceiver.Smtp.Tls;
using Cybertemp.SmtpReceiver.Smtp.Transport;
using Microsoft.AspNetCore.Connections;

namespace Cybertemp.SmtpReceiver.Smtp.Session;

/// <summary>One SMTP conversation, greeting to QUIT (RFC 5321 §3). Owned by one connection; not thread-safe.</summary>
internal sealed class SmtpSession : IDisposable
{
    private readonly SmtpShared _shared;
    private readonly SmtpPeer _peer;
    private readonly SmtpTransport _transport;
    private readonly SessionState _state;
    private readonly SmtpDialogue _dialogue;
    private readonly MessageReceiver _receiver;
    private readonly ReplySender _replies;
    private readonly SessionTrace _trace;
    private readonly SessionClock _clock;

    public SmtpSession(SmtpShared shared, SmtpPeer peer, SmtpTransport transport)
    {
        (_shared, _peer, _transport) = (shared, peer, transport);
        _trace = new SessionTrace(peer);
        _clock = new SessionClock(shared.Options, shared.Time);
        _state = new SessionState(new MailTransaction(shared, peer));
        _receiver = new MessageReceiver(shared, peer, transport, _state, _trace);
        _dialogue = new SmtpDialogue(shared, _state, _receiver, _trace);
        _replies = new ReplySender(shared, peer, transport, _trace, _state);
    }

    /// <summary>Completes when the last reply is on its way, or the client is gone.</summary>
    /// <param name="ct">
    /// Cuts short the storing of a message; waits end by <see cref="SmtpTransport.RequestStop"/>.
    /// </param>
    /// <returns>True when we end the session and the client may still be sending.</returns>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        try
        {
            await ConverseAsync(ct);
        }
        catch (OutOfMemoryException ex)
        {
            // What the session holds is given back before anything else is asked for.
            _receiver.Clear();
            SmtpLog.SessionFailed(_shared.Logger, ex, _peer.Reference);
            Answer(SmtpReply.OutOfMemory);
        }
        catch (Exception ex) when (ex is not (IOException or ConnectionAbortedException or AuthenticationException))
        {
            SmtpLog.SessionFailed(_shared.Logger, ex, _peer.Reference);
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
        _transport.Replies.Write(_shared.Greeting);
        while (_state.Step is not SmtpState.Closed)
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
        if (_state.Step is SmtpState.Data or SmtpState.Chunk)
        {
            Answer(await ReceiveAsync(ct));
        }
        else if (_state.Step is SmtpState.StartTls)
        {
            await SecureAsync();
        }

        if (!await _transport.Replies.FlushIfLargeAsync())
        {
            Close();
        }
    }

    /// <summary>
    /// Null when the reply comes after octets that are still to be read, or nobody is there to read it.
    /// </summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<SmtpReply?> ReadCommandAsync()
    {
        // Between two chunks of a message it is the message's time that counts.
        var isWithinMessage = _state.Step is SmtpState.Chunking;
        var status = await _transport.ReadLineAsync(
            isWithinMessage ? _receiver.Clock.TimeLeft : _clock.CommandTimeLeft);
        _state.Verb = SmtpVerb.Unknown;
        _state.Transaction.Forget();
        switch (status)
        {
            case InputStatus.Ready when isWithinMessage ? _receiver.Clock.IsOverdue : _clock.IsIdle:
            case InputStatus.TimedOut:
                return isWithinMessage ? _receiver.Clock.TimeoutReply : _clock.TimeoutReply;
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
            case InputStatus.Foreign:
                return SmtpReply.NotSmtp;
            case InputStatus.Closed:
            default:
                Close();
                return null;
        }
    }

    private SmtpReply? ExecuteLine()
    {
        Span<char> text = stackalloc char[_shared.Options.MaxLineBytes];
        if (!CommandLine.TryDecode(_transport.Line, text, out var length))
        {
            return SmtpReply.NotText;
        }

        var command = SmtpCommand.Parse(text[..length]);
        if (command.Verb is SmtpVerb.Data && IsContentTooEarly())
        {
            _state.Verb = command.Verb;
            return SmtpReply.ContentTooEarly;
        }

        return _dialogue.Execute(command);
    }

    /// <summary>
    /// RFC 2920 §3.1: DATA is the last command of a group, and content waits for 354. Who sends it before does not know
    /// whether it will be content or commands.
    /// </summary>
    private bool IsContentTooEarly() => _shared.Options.ForbidUnauthorizedPipelining && _transport.HasInput();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<SmtpReply> ReceiveAsync(CancellationToken ct)
    {
        var (reply, isComplete) = _state.Step is SmtpState.Data
            ? (await _receiver.ReceiveDataAsync(ct), true)
            : await _receiver.ReceiveChunkAsync(_state.Chunk, ct);
        if (!isComplete)
        {
            return _dialogue.EndChunk(reply);
        }

        if (!reply.IsNegative)
        {
            _clock.MessageAccepted();
            _replies.MessageAccepted();
        }

        return _dialogue.Reset(SmtpState.Ready, reply);
    }

    private async ValueTask SecureAsync()
    {
        _dialogue.Reset(SmtpState.Connected, SmtpReply.ReadyForTls);
        _dialogue.Secured(await TlsHandshake.RunAsync(_shared, _transport));
    }

    private void Answer(SmtpReply reply)
    {
        if (_replies.Send(_state.Verb, reply).ClosesSession)
        {
            Close();
        }
    }

    private void Close() => _state.Step = SmtpState.Closed;
}
