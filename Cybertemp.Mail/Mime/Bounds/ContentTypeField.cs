using System.Buffers;
using System.Text;
using MimeKit;

namespace Cybertemp.Mail.Mime.Bounds;

/// <summary>What a Content-Type field may make the parser do with the octets behind the header.</summary>
/// <param name="value">Without the name and its colon.</param>
internal readonly ref struct ContentTypeField(ReadOnlySpan<byte> value)
{
    private static readonly SearchValues<byte> PlainBoundary =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'+_,-./:="u8);

    private readonly ReadOnlySpan<byte> _value = value;

    public bool MayBeMessage => Contains("message"u8) || Contains("rfc822"u8) || Contains("global-headers"u8);

    public bool MayBeDigest => Contains("digest"u8);

    /// <summary>As the parser reads it, or null.</summary>
    public byte[]? Boundary()
    {
        var start = IndexOf("boundary"u8);
        if (start < 0)
        {
            return null;
        }

        return _value[(start + 8)..] is [(byte)'=', (byte)'"', .. var quoted] && !_value.ContainsAny("(*"u8)
            && quoted.IndexOf((byte)'"') is > 0 and var length && !quoted[..length].ContainsAnyExcept(PlainBoundary)
            && !Contains("boundary"u8, start + 8)
                ? quoted[..length].ToArray()
                : Parse();
    }

    private byte[]? Parse()
    {
        // Also a type that is refused has the boundary that was read before the fault.
        _ = ContentType.TryParse(_value.ToArray(), out var type);
        return type?.Boundary is { } boundary ? Encoding.UTF8.GetBytes(boundary) : null;
    }

    private bool Contains(ReadOnlySpan<byte> word, int from = 0) =>
        new ContentTypeField(_value[from..]).IndexOf(word) >= 0;

    private int IndexOf(ReadOnlySpan<byte> word)
    {
        for (var start = 0; start + word.Length <= _value.Length; start++)
        {
            var next = _value[start..].IndexOfAny(word[0], (byte)(word[0] & 0xDF));
            if (next < 0)
            {
                return -1;
            }

            start += next;
            if (start + word.Length <= _value.Length && Ascii.EqualsIgnoreCase(_value.Slice(start, word.Length), word))
            {
                return start;
            }
        }

        return -1;
    }
}
