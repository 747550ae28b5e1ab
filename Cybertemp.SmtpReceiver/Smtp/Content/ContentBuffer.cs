using System.Buffers;
using Cybertemp.SmtpReceiver.Smtp.Limits;

namespace Cybertemp.SmtpReceiver.Smtp.Content;

/// <summary>
/// Message content, up to a limit and within a reservation: a small message in pooled segments, a large one in one
/// array that is handed on as it is. Past the limit, or without room, it lets go of what it holds and only counts. Not
/// thread-safe.
/// </summary>
internal sealed class ContentBuffer(ContentReservation reservation)
{
    private const int FirstSegmentBytes = 8 * 1024;
    private const int MaxSegmentBytes = 64 * 1024;

    private readonly List<byte[]> _segments = [];
    private byte[]? _whole;
    private int _used;
    private int _capacity;

    /// <summary>Octets appended, kept or not.</summary>
    public long Length { get; private set; }

    /// <summary>Octets that are kept at most.</summary>
    public long Limit { get; private set; }

    /// <summary>Nothing is kept any more.</summary>
    public bool Discards { get; private set; }

    public bool IsOverLimit => Length > Limit;

    /// <summary>The limit of memory that was in the way; null while there was room.</summary>
    public SmtpReply? Refusal { get; private set; }

    /// <summary>
    /// Empty, for a message of at most <paramref name="limit"/> octets, with room for <paramref name="expected"/> of
    /// them.
    /// </summary>
    /// <returns>False when there is no room: <see cref="Refusal"/> says why.</returns>
    public bool TryStart(long limit, long expected)
    {
        Release();
        (Length, Limit, Discards, Refusal) = (0, limit, false, null);
        return expected > ContentBudget.SmallMessageBytes ? TryGrowWhole(Math.Min(expected, limit)) : TryAddSegment();
    }

    public void Append(ReadOnlySpan<byte> octets)
    {
        Length += octets.Length;
        if (IsOverLimit)
        {
            Discard();
        }

        while (!octets.IsEmpty && !Discards && HasSpace())
        {
            var space = Space();
            var part = Math.Min(space.Length, octets.Length);
            octets[..part].CopyTo(space);
            _used += part;
            octets = octets[part..];
        }
    }

    /// <summary>From now on nothing is kept, and the room is given back.</summary>
    public void Discard()
    {
        Discards = true;
        Release();
    }

    /// <summary>
    /// The content, which outlives this buffer: the segments go back to their pool. Its room stays reserved until
    /// <see cref="Release"/>.
    /// </summary>
    public ReadOnlyMemory<byte> Take()
    {
        var content = _whole ?? GC.AllocateUninitializedArray<byte>(_used);
        if (_whole is null)
        {
            CopyTo(content);
        }

        var length = _used;
        Forget();
        return content.AsMemory(0, length);
    }

    /// <summary>Lets go of the content and of its room.</summary>
    public void Release()
    {
        Forget();
        reservation.Release();
    }

    private bool HasSpace()
    {
        if (_used < _capacity)
        {
            return true;
        }

        var hasSpace = _whole is null && _capacity < ContentBudget.SmallMessageBytes
            ? TryAddSegment()
            : TryGrowWhole(Math.Min(Limit, 2L * _capacity));
        if (!hasSpace)
        {
            Discard();
        }

        return hasSpace;
    }

    private Span<byte> Space() => _whole is not null
        ? _whole.AsSpan(_used)
        : _segments[^1].AsSpan(_segments[^1].Length - (_capacity - _used));

    private bool TryAddSegment()
    {
        var size = _segments is [] ? FirstSegmentBytes : Math.Min(_segments[^1].Length * 2, MaxSegmentBytes);
        size = Math.Min(size, ContentBudget.SmallMessageBytes - _capacity);
        if (!HasRoom(size))
        {
            return false;
        }

        _segments.Add(ArrayPool<byte>.Shared.Rent(size));
        _capacity += _segments[^1].Length;
        return true;
    }

    /// <summary>
    /// While the content moves, the old and the new place of it are both in memory, and both are reserved.
    /// </summary>
    private bool TryGrowWhole(long capacity)
    {
        if (!HasRoom(capacity))
        {
            return false;
        }

        var whole = GC.AllocateUninitializedArray<byte>((int)capacity);
        CopyTo(whole);
        var (used, old) = (_used, _capacity);
        Forget();
        (_whole, _used, _capacity) = (whole, used, whole.Length);
        reservation.Shrink(old);
        return true;
    }

    private bool HasRoom(long octets)
    {
        var hasRoom = reservation.TryAdd(octets);
        Refusal = reservation.Refusal;
        return hasRoom;
    }

    private void CopyTo(Span<byte> target)
    {
        if (_whole is not null)
        {
            _whole.AsSpan(0, _used).CopyTo(target);
            return;
        }

        var copied = 0;
        foreach (var segment in _segments)
        {
            var part = Math.Min(segment.Length, _used - copied);
            segment.AsSpan(0, part).CopyTo(target[copied..]);
            copied += part;
        }
    }

    private void Forget()
    {
        foreach (var segment in _segments)
        {
            ArrayPool<byte>.Shared.Return(segment);
        }

        _segments.Clear();
        (_whole, _used, _capacity) = (null, 0, 0);
    }
}
