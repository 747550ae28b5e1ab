using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace Cybertemp.SmtpReceiver.Smtp.Transport;

/// <summary>
/// The octets of one session's replies. They are held back until somebody flushes, and no flush waits longer than the
/// client may take. Owned by one transport; only <see cref="Interrupt"/> may be called from elsewhere.
/// </summary>
internal sealed class ReplyWriter(PipeWriter connection, string reference, TimeSpan timeout, Deadline deadline)
{
    /// <summary>Replies held back for one chunk of commands.</summary>
    private const int MaxUnflushedBytes = 16 * 1024;

    private PipeWriter? _tls;

    /// <summary>Negative replies so far: the number after the dot in a reply's reference.</summary>
    public int NegativeReplies { get; private set; }

    private PipeWriter Output => _tls ?? connection;

    /// <summary>Appends a reply; a negative one with the reference that the log and the trace name too.</summary>
    public void Write(SmtpReply reply)
    {
        if (!reply.IsNegative)
        {
            Output.Write(reply.Bytes.Span);
            return;
        }

        NegativeReplies++;
        Output.Write(reply.Bytes.Span[..^2]);
        Span<byte> suffix = stackalloc byte[32];
        Utf8.TryWrite(suffix, CultureInfo.InvariantCulture, $" ({reference}.{NegativeReplies})\r\n", out var length);
        Output.Write(suffix[..length]);
    }

    /// <summary>False when the client is gone or did not take its replies in time.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> FlushAsync()
    {
        if (Output.UnflushedBytes == 0)
        {
            return true;
        }

        deadline.Set(deadline.After(timeout));
        var result = await Output.FlushAsync(CancellationToken.None);
        while (result.IsCanceled && !deadline.HasPassed)
        {
            result = await Output.FlushAsync(CancellationToken.None);
        }

        deadline.Clear();
        return !result.IsCanceled && !result.IsCompleted;
    }

    /// <summary>Bounds what one chunk of commands makes us hold back.</summary>
    public ValueTask<bool> FlushIfLargeAsync() =>
        Output.UnflushedBytes > MaxUnflushedBytes ? FlushAsync() : ValueTask.FromResult(true);

    /// <summary>From here on replies go through TLS; call it when none is held back.</summary>
    public void Secure(PipeWriter tls) => _tls = tls;

    /// <summary>
    /// Ends a wait that has no time left. Only the connection's own flush may be cancelled: a TLS record that is not
    /// sent whole is the end of TLS. Thread-safe.
    /// </summary>
    public void Interrupt() => connection.CancelPendingFlush();
}
