using System.Buffers;
using MimeKit;
using MimeKit.IO;

namespace Cybertemp.Mail.Mime.Contents;

/// <summary>The octets of a leaf, without its transfer encoding.</summary>
internal static class PartContent
{
    /// <summary>A view of the message where it can be one; at most the first <paramref name="maxOctets"/>.</summary>
    public static ReadOnlySpan<byte> Decode(MimePart part, int maxOctets)
    {
        if (part.Content is not { } content)
        {
            return [];
        }

        var raw = Raw(content);
        return content.Encoding switch
        {
            ContentEncoding.Base64 => Decode(raw, maxOctets, Base64Octets.Decode),
            ContentEncoding.QuotedPrintable => Decode(raw, maxOctets, QuotedPrintableOctets.Decode),
            ContentEncoding.UUEncode => DecodeByStream(content, maxOctets),
            _ => raw[..Math.Min(raw.Length, maxOctets)],
        };
    }

    /// <summary>The same for as long as the caller looks at it: what is decoded is in a buffer of the pool.</summary>
    public static LentOctets Lend(MimePart part, int maxOctets) => part.Content?.Encoding switch
    {
        ContentEncoding.Base64 => LentOctets.Decoded(Raw(part.Content), maxOctets, Base64Octets.Decode),
        ContentEncoding.QuotedPrintable =>
            LentOctets.Decoded(Raw(part.Content), maxOctets, QuotedPrintableOctets.Decode),
        _ => new LentOctets(Decode(part, maxOctets)),
    };

    /// <summary>How many octets it is.</summary>
    public static long DecodedLength(MimePart part)
    {
        if (part.Content is not { } content)
        {
            return 0;
        }

        var raw = Raw(content);
        return content.Encoding switch
        {
            ContentEncoding.Base64 => Base64Octets.CountDecoded(raw),
            ContentEncoding.QuotedPrintable => CountQuotedPrintable(raw),
            ContentEncoding.UUEncode => DecodeByStream(content, int.MaxValue).Length,
            _ => raw.Length,
        };
    }

    private static ReadOnlySpan<byte> Raw(IMimeContent content)
    {
        if (content.Stream is BoundStream { BaseStream: MemoryStream whole } view && whole.TryGetBuffer(out var octets))
        {
            var end = view.EndBoundary < 0 ? octets.Count : (int)view.EndBoundary;
            return octets.AsSpan((int)view.StartBoundary, end - (int)view.StartBoundary);
        }

        // What was taken out of a winmail.dat.
        using var copy = new MemoryStream();
        content.WriteTo(copy);
        return copy.GetBuffer().AsSpan(0, (int)copy.Length);
    }

    private static ReadOnlySpan<byte> Decode(
        ReadOnlySpan<byte> raw, int maxOctets, Func<ReadOnlySpan<byte>, Span<byte>, int> decode)
    {
        var decoded = new byte[Math.Min(raw.Length, maxOctets)];
        return decoded.AsSpan(0, decode(raw, decoded));
    }

    private static int CountQuotedPrintable(ReadOnlySpan<byte> raw)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(raw.Length);
        var count = QuotedPrintableOctets.Decode(raw, buffer.AsSpan(0, raw.Length));
        ArrayPool<byte>.Shared.Return(buffer);
        return count;
    }

    private static ReadOnlySpan<byte> DecodeByStream(IMimeContent content, int maxOctets)
    {
        using var decoded = new MemoryStream();
        content.DecodeTo(decoded);
        return decoded.GetBuffer().AsSpan(0, (int)Math.Min(decoded.Length, maxOctets));
    }
}
