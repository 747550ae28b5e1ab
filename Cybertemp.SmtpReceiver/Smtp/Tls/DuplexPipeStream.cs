using System.Buffers;
using System.IO.Pipelines;
using Cybertemp.SmtpReceiver.Smtp.Transport;

namespace Cybertemp.SmtpReceiver.Smtp.Tls;

/// <summary>
/// A pair of pipes as the stream that <see cref="System.Net.Security.SslStream"/> needs. Owns neither pipe.
/// </summary>
/// <param name="deadline">
/// When it has passed, a cancelled write fails; before, the cancellation was about something else.
/// </param>
internal sealed class DuplexPipeStream(PipeReader input, PipeWriter output, Deadline deadline) : Stream
{
    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Completes without octets for an empty buffer as soon as there is something to read.</summary>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var result = await input.ReadAsync(cancellationToken);
            var available = result.Buffer;
            var length = (int)Math.Min(available.Length, buffer.Length);
            available.Slice(0, length).CopyTo(buffer.Span);
            input.AdvanceTo(available.GetPosition(length));
            if (length > 0 || !available.IsEmpty || result.IsCompleted)
            {
                return length;
            }
        }
    }

    /// <summary>
    /// Encrypted octets must all go out, in order, or none any more: a write is never given up halfway.
    /// </summary>
    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var result = await output.WriteAsync(buffer, CancellationToken.None);
        while (result.IsCanceled && !deadline.HasPassed)
        {
            result = await output.FlushAsync(CancellationToken.None);
        }

        if (result.IsCanceled || result.IsCompleted)
        {
            throw new IOException("The client does not take its replies.");
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
        // WriteAsync has flushed.
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
