using System.Buffers;
using System.Runtime.CompilerServices;

namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>
/// Reads the content of one message after another, from DATA or in BDAT chunks, within the limits of size, rate and
/// memory. Owned by one session; what it keeps is accounted in the budget until <see cref="Release"/>.
/// </summary>
internal sealed class ContentReader(SmtpTransport transport, SmtpOptions options, Quota budget, TimeProvider time)
{
    private readonly DotDecoder _dots = new();
    private long _reserved;
    private long _read;
    private long _started;
    private long _paused;
    private bool _overBudget;

    public ContentBuffer Content { get; } = new();

    /// <summary>Before the first octet of a message of at most <paramref name="limit"/> octets.</summary>
    public void Start(long limit)
    {
        Release();
        Content.Start(limit);
        _dots.Start();
        (_read, _started, _overBudget) = (0, time.GetTimestamp(), false);
        _paused = _started;
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

        return _dots.SawLookAlike ? ContentStatus.LookAlike : _overBudget ? ContentStatus.OverBudget : ContentStatus.Complete;
    }

    /// <summary>Reads one chunk; its octets are opaque (RFC 3030 §2).</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ContentStatus> ReadChunkAsync(long octets)
    {
        // The time between chunks is the time of our reply: it does not count against the client's rate.
        _started += time.GetTimestamp() - _paused;
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

        _paused = time.GetTimestamp();
        return _overBudget ? ContentStatus.OverBudget : ContentStatus.Complete;
    }

    /// <summary>Lets go of the content.</summary>
    public void Release()
    {
        Content.Release();
        budget.Release(_reserved);
        _reserved = 0;
    }

    /// <summary>From here on content is read and thrown away.</summary>
    public void Discard()
    {
        Content.Discard();
        budget.Release(_reserved);
        _reserved = 0;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ContentStatus> FillAsync(long most)
    {
        var status = await transport.ReadContentAsync(TimeLeft());
        if (status is not InputStatus.Ready)
        {
            return Interrupted(status);
        }

        var octets = Math.Min(most, transport.Unread.Length);
        _read += octets;
        if (_read > 2L * options.MaxMessageBytes)
        {
            return ContentStatus.FarTooLarge;
        }

        await ReserveAsync(octets);
        return ContentStatus.Complete;
    }

    /// <summary>While this waits nothing is read, and the client's window fills: memory does not grow.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask ReserveAsync(long octets)
    {
        if (Content.Discards)
        {
            return;
        }

        var before = time.GetTimestamp();
        if (await budget.TakeAsync(octets, options.MaxInFlightWait, CancellationToken.None))
        {
            _reserved += octets;
        }
        else
        {
            _overBudget = true;
            Discard();
        }

        // Our own pause does not count against the client's rate.
        _started += time.GetTimestamp() - before;
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

        ReleaseDiscarded();
        return used;
    }

    private void Append(ReadOnlySequence<byte> octets)
    {
        foreach (var segment in octets)
        {
            Content.Append(segment.Span);
        }

        ReleaseDiscarded();
    }

    private void ReleaseDiscarded()
    {
        if (_dots.SawLookAlike || Content.IsOverLimit)
        {
            Discard();
        }
    }

    /// <summary>The data timeout, or less when the minimum rate is missed sooner.</summary>
    private TimeSpan TimeLeft()
    {
        var rateLeft = RateLeft();
        return rateLeft < options.DataTimeout ? rateLeft : options.DataTimeout;
    }

    private TimeSpan RateLeft() => options.MinDataBytesPerSecond == 0
        ? TimeSpan.MaxValue
        : options.MinDataRateGrace + TimeSpan.FromSeconds((double)_read / options.MinDataBytesPerSecond) - time.GetElapsedTime(_started);

    private ContentStatus Interrupted(InputStatus status) => status switch
    {
        InputStatus.TimedOut when RateLeft() <= TimeSpan.Zero => ContentStatus.TooSlow,
        InputStatus.TimedOut => ContentStatus.TimedOut,
        InputStatus.Stopping => ContentStatus.Stopping,
        InputStatus.Closed => ContentStatus.Closed,
        InputStatus.Ready or InputStatus.LineTooLong or InputStatus.BareLineFeed or InputStatus.Endless => ContentStatus.Complete,
    };
}
