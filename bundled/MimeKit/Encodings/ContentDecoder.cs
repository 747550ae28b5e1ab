namespace MimeKit.Encodings;

/// <summary>Undoes a Content-Transfer-Encoding; keeps its state between calls. Nothing is an error.</summary>
internal abstract class ContentDecoder
{
    /// <summary>The output of a call is at most this much longer than its input.</summary>
    public const int MaxCarriedOctets = 128;

    /// <summary>Null for the identity.</summary>
    public static ContentDecoder? For(ContentEncoding encoding) => encoding switch
    {
        ContentEncoding.Base64 => new Base64Decoder(),
        ContentEncoding.QuotedPrintable => new QuotedPrintableDecoder(isEncodedWord: false),
        ContentEncoding.UUEncode => new UUDecoder(),
        _ => null,
    };

    /// <summary>Returns the number of octets written.</summary>
    public abstract int Decode(ReadOnlySpan<byte> input, Span<byte> output);
}
