using System.Buffers;

namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>
/// Message content in pooled segments, up to a limit. Past the limit it lets go of what it holds and only counts. Not
/// thread-safe.
/// </summary>
internal sealed class ContentBuffer
{
    private const int FirstSegmentBytes = 8 * 1024;
    private const int MaxSegmentBytes = 64 * 1024;

    private readonly List<byte[]> _segments = [];
    private int _used;

    /// <summary>Octets appended, kept or not.</summary>
    public long Length { get; private set; }

    /// <summary>Octets that are kept at most.</summary>
    public long Limit { get; private set; }

    /// <summary>Nothing is kept any more.</summary>
    public bool Discards { get; private set; }

    public bool IsOverLimit => Length > Limit;

    /// <summary>Empty, for a message of at most <paramref name="limit"/> octets.</summary>
    public void Start(long limit)
    {
        Release();
        (Length, Limit, Discards) = (0, limit, false);
    }

    public void Append(ReadOnlySpan<byte> octets)
    {
        Length += octets.Length;
        if (IsOverLimit)
        {
            Discard();
        }

        while (!octets.IsEmpty && !Discards)
        {
            var space = Space();
            var part = Math.Min(space.Length, octets.Length);
            octets[..part].CopyTo(space);
            _used += part;
            octets = octets[part..];
        }
    }

    /// <summary>From now on nothing is kept.</summary>
    public void Discard()
    {
        Discards = true;
        Release();
    }

    /// <summary>The content in one array of its exact size, which outlives this buffer.</summary>
    public byte[] ToArray()
    {
        var content = GC.AllocateUninitializedArray<byte>(checked((int)Length));
        var copied = 0;
        foreach (var segment in _segments)
        {
            var part = Math.Min(segment.Length, content.Length - copied);
            segment.AsSpan(0, part).CopyTo(content.AsSpan(copied));
            copied += part;
        }

        return content;
    }

    /// <summary>Gives the segments back to the pool.</summary>
    public void Release()
    {
        foreach (var segment in _segments)
        {
            ArrayPool<byte>.Shared.Return(segment);
        }

        _segments.Clear();
        _used = 0;
    }

    private Span<byte> Space()
    {
        if (_segments is [] || _used == _segments[^1].Length)
        {
            var size = _segments is [] ? FirstSegmentBytes : Math.Min(_segments[^1].Length * 2, MaxSegmentBytes);
            _segments.Add(ArrayPool<byte>.Shared.Rent(size));
            _used = 0;
        }

        return _segments[^1].AsSpan(_used);
    }
}
