using System.Buffers;
using System.Runtime.CompilerServices;
using Cybertemp.SmtpReceiver.Smtp.Limits;
using Cybertemp.SmtpReceiver.Smtp.Transport;

namespace Cybertemp.SmtpReceiver.Smtp.Content;

/// <summary>
/// Reads the content of one message after another, from DATA or in BDAT chunks, within the limits of size, time and
/// memory. Owned by one session.
/// </summary>
internal sealed class ContentReader(
    SmtpTransport transport, SmtpOptions options, ContentReservation reservation, TimeProvider time)
{
    private readonly DotDecoder _dots = new();
    private long _read;

    public ContentBuffer Content { get; } = new(reservation);

    public ContentClock Clock { get; } = new(options, time);

    /// <summary>Before the first octet of a message of at most <paramref name="limit"/> octets.</summary>
    /// <param name="expected">Octets that room is needed for at once.</param>
    /// <returns>Null, or the reply that says that there is no room.</returns>
    public SmtpReply? Start(long limit, long expected)
    {
        _dots.Start();
        Clock.Start();
        _read = 0;
        return Content.TryStart(limit, expected) ? null : Content.Refusal;
    }

    /// <summary>Reads to the true end of DATA.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ContentStatus> ReadDataAsync()
    {
        while (!_dots.IsComplete)
        {
            var status = await FillAsync(long.MaxValue);
            if (status is not ContentStatus.Complete)
            {
                return status;
            }

            transport.Consume(Decode(transport.Unread));
        }

        return _dots.SawLookAlike ? ContentStatus.LookAlike : ContentStatus.Complete;
    }

    /// <summary>Reads one chunk; its octets are opaque (RFC 3030 §2).</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ContentStatus> ReadChunkAsync(long octets)
    {
        for (var left = octets; left > 0;)
        {
            var status = await FillAsync(left);
            if (status is not ContentStatus.Complete)
            {
                return status;
            }

            var part = transport.Unread.Slice(0, Math.Min(left, transport.Unread.Length));
            Append(part);
            left -= part.Length;
            transport.Consume(part.Length);
        }

        return ContentStatus.Complete;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ContentStatus> FillAsync(long most)
    {
        var status = await transport.ReadContentAsync(Clock.TimeLeft);
        if (status is not InputStatus.Ready)
        {
            return Interrupted(status);
        }

        var octets = Math.Min(most, transport.Unread.Length);
        _read += octets;
        Clock.Received(octets);
        return _read > 2L * options.MaxMessageBytes ? ContentStatus.FarTooLarge
            : Clock.IsMessageOver ? ContentStatus.TimedOut
            : ContentStatus.Complete;
    }

    private long Decode(ReadOnlySequence<byte> octets)
    {
        var used = 0L;
        foreach (var segment in octets)
        {
            used += _dots.Decode(segment.Span, Content);
            if (_dots.IsComplete)
            {
                break;
            }
        }

        DiscardRefused();
        return used;
    }

    private void Append(ReadOnlySequence<byte> octets)
    {
        foreach (var segment in octets)
        {
            Content.Append(segment.Span);
        }

    }

    private void DiscardRefused()
    {
        if (_dots.SawLookAlike)
        {
            Content.Discard();
        }
    }

    private static ContentStatus Interrupted(InputStatus status) => status switch
    {
        InputStatus.TimedOut => ContentStatus.TimedOut,
        InputStatus.Stopping => ContentStatus.Stopping,
        InputStatus.Closed => ContentStatus.Closed,
        InputStatus.Ready or InputStatus.LineTooLong or InputStatus.BareLineFeed or InputStatus.Endless
            or InputStatus.Foreign =>
            ContentStatus.Complete,
    };
}
