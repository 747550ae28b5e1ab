namespace MimeKit.Parsing;

/// <summary>Content-Transfer-Encoding (RFC 2045 §6).</summary>
internal static class TransferEncoding
{
    /// <summary>Anything but exactly one known word is the identity.</summary>
    public static ContentEncoding Parse(string value) => value.Trim().ToLowerInvariant() switch
    {
        "7bit" => ContentEncoding.SevenBit,
        "8bit" => ContentEncoding.EightBit,
        "binary" => ContentEncoding.Binary,
        "base64" => ContentEncoding.Base64,
        "quoted-printable" => ContentEncoding.QuotedPrintable,
        "x-uuencode" or "uuencode" or "x-uue" => ContentEncoding.UUEncode,
        _ => ContentEncoding.Default,
    };
}
