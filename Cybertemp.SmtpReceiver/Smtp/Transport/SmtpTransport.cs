using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Runtime.CompilerServices;
using Cybertemp.SmtpReceiver.Smtp.Listening;
using Cybertemp.SmtpReceiver.Smtp.Tls;

namespace Cybertemp.SmtpReceiver.Smtp.Transport;

/// <summary>
/// The octets of one session: lines and content in, replies out. Replies are flushed when the input runs dry, once for
/// all the commands of one chunk (RFC 2920 §3.2). Every wait has a deadline. Owned by one session; only
/// <see cref="RequestStop"/> may be called from elsewhere.
/// </summary>
internal sealed class SmtpTransport : IAsyncDisposable
{
    /// <summary>Octets of one line that are read past before the session is given up.</summary>
    private const int MaxSkippedBytes = 64 * 1024;

    private readonly Deadline _deadline;
    private readonly PipeWriter _output;
    private readonly int _maxLineBytes;
    private PipeReader _input;
    private ReadOnlySequence<byte> _unread;
    private volatile StopRequest _stop;
    private TlsPipe? _tls;
    private bool _hasRead;

    // Of the session, in clear or within TLS: no line has been read yet.
    private bool _isAtStart = true;

    public SmtpTransport(IDuplexPipe pipe, string reference, SmtpOptions options, TimeProvider time)
    {
        (_input, _output, _maxLineBytes) = (pipe.Input, pipe.Output, options.MaxLineBytes);
        _deadline = new Deadline(time, Interrupt);
        Replies = new ReplyWriter(pipe.Output, reference, options.CommandTimeout, _deadline);
    }

    public ReplyWriter Replies { get; }

    /// <summary>
    /// The line without its CRLF, after <see cref="ReadLineAsync"/> said Ready; valid until the next read.
    /// </summary>
    public ReadOnlySequence<byte> Line { get; private set; }

    /// <summary>Content octets that came and are not consumed.</summary>
    public ReadOnlySequence<byte> Unread => _unread;

    /// <summary>Waits for a whole line.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<InputStatus> ReadLineAsync(TimeSpan timeout)
    {
        var (skipped, due) = (0L, 0L);
        while (true)
        {
            if (_stop is StopRequest.Now)
            {
                return InputStatus.Stopping;
            }

            if (_isAtStart && ForeignProtocol.Begins(_unread))
            {
                return InputStatus.Foreign;
            }

            if (CommandLine.TryTake(ref _unread, out var line, out var ending))
            {
                _isAtStart = false;
                Line = line;
                return skipped + line.Length + 2 > _maxLineBytes ? InputStatus.LineTooLong : ending;
            }

            skipped += SkipLongLine();
            due = due == 0 ? _deadline.After(timeout) : due;
            var status = skipped > MaxSkippedBytes
                ? InputStatus.Endless
                : await FillAsync(due, StopRequest.BetweenCommands);
            if (status is not InputStatus.Ready)
            {
                return status;
            }
        }
    }

    /// <summary>Waits for octets of content, if none are there.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<InputStatus> ReadContentAsync(TimeSpan timeout) =>
        _unread.IsEmpty ? await FillAsync(_deadline.After(timeout), StopRequest.Now) : InputStatus.Ready;

    /// <summary>Whether octets have come that are not consumed; ends the life of <see cref="Line"/>.</summary>
    public bool HasInput()
    {
        if (_unread.IsEmpty)
        {
            Release();
            _hasRead = _input.TryRead(out var result);
            _unread = result.Buffer;
        }

        return !_unread.IsEmpty;
    }

    public void Consume(long octets) => _unread = _unread.Slice(octets);

    /// <summary>Ends the wait that the request is about, now or when it begins. Thread-safe.</summary>
    public void RequestStop(StopRequest request)
    {
        _stop = request;
        _input.CancelPendingRead();
    }

    /// <summary>Reads on without looking until the client is done, the time is up, or the server stops.</summary>
    public async ValueTask LingerAsync(TimeSpan timeout)
    {
        var due = _deadline.After(timeout);
        do
        {
            Consume(_unread.Length);
        }
        while (await FillAsync(due, StopRequest.BetweenCommands) is InputStatus.Ready && !_deadline.IsPast(due));
    }

    /// <summary>Waits for more octets than there are.</summary>
    public ValueTask<InputStatus> ReadMoreAsync(long due) => FillAsync(due, StopRequest.BetweenCommands);

    /// <summary>Takes a PROXY header off the front of what has come.</summary>
    public ProxyHeaderStatus TakeProxyHeader(out IPAddress? client)
    {
        var front = _unread.Slice(0, Math.Min(_unread.Length, ProxyHeader.MaxBytes));
        var status = ProxyHeader.Read(
            front.IsSingleSegment ? front.FirstSpan : front.ToArray(), out var length, out client);
        if (status is ProxyHeaderStatus.Complete)
        {
            Consume(length);
        }

        return status;
    }

    /// <summary>The timestamp that lies <paramref name="wait"/> ahead.</summary>
    public long After(TimeSpan wait) => _deadline.After(wait);

    /// <summary>
    /// Says 220 and shakes hands. What came in clear after STARTTLS is thrown away first: it is not from the client for
    /// sure (RFC 3207 §5, CVE-2011-0411).
    /// </summary>
    /// <returns>TLS version and cipher suite.</returns>
    public async Task<string> StartTlsAsync(SslServerAuthenticationOptions options, CancellationToken ct)
    {
        DiscardInput();
        if (!await Replies.FlushAsync())
        {
            throw new IOException("The client is gone.");
        }

        _tls = await TlsPipe.AcceptAsync(new DuplexPipeStream(_input, _output, _deadline), options, ct);
        (_input, _isAtStart) = (_tls.Input, true);
        Replies.Secure(_tls.Output);
        return _tls.Description;
    }

    /// <summary>Sends what is left, and within TLS that nothing follows; false when the client is gone.</summary>
    public async ValueTask<bool> EndAsync()
    {
        var isSent = await Replies.FlushAsync();
        if (isSent && _tls is not null)
        {
            await _tls.ShutdownAsync();
        }

        return isSent;
    }

    public async ValueTask DisposeAsync()
    {
        await _deadline.DisposeAsync();
        if (_tls is not null)
        {
            await _tls.DisposeAsync();
        }
    }

    /// <summary>Replies go out before the wait; octets read so far stay in the pipe.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<InputStatus> FillAsync(long due, StopRequest endsAt)
    {
        var before = Release();
        if (!await Replies.FlushAsync())
        {
            return InputStatus.Closed;
        }

        _deadline.Set(due);
        if (_stop >= endsAt)
        {
            // The request may have come before this wait: what is there is still read.
            _input.CancelPendingRead();
        }

        var status = await WaitForMoreAsync(before, endsAt);
        _deadline.Clear();
        return status;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<InputStatus> WaitForMoreAsync(long before, StopRequest endsAt)
    {
        while (true)
        {
            var result = await _input.ReadAsync(CancellationToken.None);
            (_unread, _hasRead) = (result.Buffer, true);
            switch (result)
            {
                // The last octets may come together with the end: they count first.
                case var _ when _unread.Length > before:
                    return InputStatus.Ready;
                case { IsCompleted: true }:
                    return InputStatus.Closed;
                case var _ when _stop >= endsAt:
                    return InputStatus.Stopping;
                case var _ when _deadline.HasPassed:
                    return InputStatus.TimedOut;
                default:
                    Release();
                    break;
            }
        }
    }

    /// <summary>Gives consumed octets back to the pipe; the rest is only looked at again when more has come.</summary>
    private long Release()
    {
        var length = _unread.Length;
        if (_hasRead)
        {
            _input.AdvanceTo(_unread.Start, _unread.End);
            (_unread, _hasRead) = (default, false);
        }

        return length;
    }

    private void DiscardInput()
    {
        do
        {
            Consume(_unread.Length);
            Release();
            _hasRead = _input.TryRead(out var result);
            _unread = result.Buffer;
        }
        while (!_unread.IsEmpty);
        Release();
    }

    /// <summary>A line that is too long already is consumed as it comes, so that it costs no memory.</summary>
    private long SkipLongLine()
    {
        if (_unread.Length < _maxLineBytes)
        {
            return 0;
        }

        // The last octet stays: it may be the CR of the line's end.
        var skipped = _unread.Length - 1;
        Consume(skipped);
        return skipped;
    }

    private void Interrupt()
    {
        _input.CancelPendingRead();
        Replies.Interrupt();
    }
}
