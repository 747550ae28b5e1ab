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
    private readonly SmtpDialogue _dialogue;
    private readonly MessageReceiver _receiver;
    private readonly ReplySender _replies;
    private readonly SessionTrace _trace;
    private readonly SessionClock _clock;

    public SmtpSession(SmtpServer server, SmtpPeer peer, SmtpTransport transport)
    {
        (_server, _peer, _transport) = (server, peer, transport);
        _trace = new SessionTrace(peer);
        _clock = new SessionClock(server.Options, server.Time);
        var transaction = new MailTransaction(server, peer);
        _receiver = new MessageReceiver(server, peer, transport, transaction, _trace);
        _dialogue = new SmtpDialogue(server, transaction, _receiver, _clock, _trace);
        _replies = new ReplySender(server, peer, transport, _trace);
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
        _transport.Replies.Write(_server.Greeting);
        while (_dialogue.State is not SmtpState.Closed)
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
        if (_dialogue.State is SmtpState.Data or SmtpState.Chunk)
        {
            Answer(await ReceiveAsync(ct));
        }
        else if (_dialogue.State is SmtpState.StartTls)
        {
            await SecureAsync();
        }

        if (!await _transport.Replies.FlushIfLargeAsync())
        {
            _dialogue.Close();
        }
    }

    /// <summary>Null when the reply comes after octets that are still to be read, or nobody is there to read it.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<SmtpReply?> ReadCommandAsync()
    {
        var status = await _transport.ReadLineAsync(_clock.CommandTimeLeft);
        _dialogue.Verb = SmtpVerb.Unknown;
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
                _dialogue.Close();
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

        return _dialogue.Execute(SmtpCommand.Parse(text[..length]));
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<SmtpReply> ReceiveAsync(CancellationToken ct)
    {
        var (reply, isComplete) = _dialogue.State is SmtpState.Data
            ? (await _receiver.ReceiveDataAsync(ct), true)
            : await _receiver.ReceiveChunkAsync(_dialogue.Chunk, ct);
        if (!isComplete)
        {
            return _dialogue.EndChunk(reply);
        }

        _clock.Progress();
        if (!reply.IsNegative)
        {
            _replies.MessageAccepted();
        }

        return _dialogue.Reset(SmtpState.Ready, reply);
    }

    /// <summary>RFC 3207 §4.2: after the handshake both sides know nothing of what was said before.</summary>
    private async ValueTask SecureAsync()
    {
        _dialogue.Reset(SmtpState.Connected, SmtpReply.ReadyForTls);
        _receiver.Helo = "";
        _receiver.Tls = await TlsHandshake.RunAsync(_server, _transport);
        _trace.Secured(_receiver.Tls);
    }

    private void Answer(SmtpReply reply)
    {
        if (_replies.Send(_dialogue.Verb, reply).ClosesSession)
        {
            _dialogue.Close();
        }
    }
}
