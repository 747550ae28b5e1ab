using MimeKit.Cryptography;

namespace MimeKit.Parsing;

/// <summary>Which class stands for a part, from its Content-Type.</summary>
internal static class EntityFactory
{
    private static readonly ContentType PlainText = new("text", "plain");
    private static readonly ContentType DigestMessage = new("message", "rfc822");

    /// <summary>RFC 2045 §5.2 and RFC 2046 §5.1.5 say what an absent field means.</summary>
    public static ContentType ContentTypeOf(HeaderBlock headers, ContentType? parent) =>
        headers.TryGetValue("Content-Type"u8, out var value) ? ContentType.ParseLeniently(value)
        : parent is not null && parent.IsMimeType("multipart", "digest") ? DigestMessage
        : PlainText;

    public static MimeEntity Create(HeaderBlock headers, ContentType type, bool isBody, int depth)
    {
        var args = new EntityArguments(headers, type, isBody);
        var mayNest = depth < headers.Source.Options.MaxMimeDepth;
        var mayBeRead = mayNest && headers.TransferEncoding <= ContentEncoding.Binary;
        var subtype = type.MediaSubtype.ToLowerInvariant();
        return type.MediaType.ToLowerInvariant() switch
        {
            "text" when subtype is "rfc822-headers" && mayBeRead => new TextRfc822Headers(args),
            "text" => new TextPart(args),
            "multipart" when mayNest => CreateMultipart(subtype, args),
            "message" => CreateMessage(subtype, args, mayBeRead),
            "application" => CreateApplication(subtype, args),
            _ => new MimePart(args),
        };
    }

    private static MimePart CreateApplication(string subtype, EntityArguments args) => subtype switch
    {
        "ms-tnef" or "vnd.ms-tnef" => new Tnef.TnefPart(args),
        "rtf" => new TextPart(args),
        "pkcs7-mime" or "x-pkcs7-mime" => new ApplicationPkcs7Mime(args),
        "pkcs7-signature" or "x-pkcs7-signature" => new ApplicationPkcs7Signature(args),
        "pgp-encrypted" or "x-pgp-encrypted" => new ApplicationPgpEncrypted(args),
        "pgp-signature" or "x-pgp-signature" => new ApplicationPgpSignature(args),
        _ => new MimePart(args),
    };

    private static Multipart CreateMultipart(string subtype, EntityArguments args) => subtype switch
    {
        "alternative" => new MultipartAlternative(args),
        "related" => new MultipartRelated(args),
        "report" => new MultipartReport(args),
        "signed" => new MultipartSigned(args),
        "encrypted" => new MultipartEncrypted(args),
        _ => new Multipart(args),
    };

    private static MimeEntity CreateMessage(string subtype, EntityArguments args, bool mayNest) => subtype switch
    {
        "rfc822" or "global" or "news" or "external-body" or "rfc2822" when mayNest => new MessagePart(args),
        "global-headers" when mayNest => new TextRfc822Headers(args),
        "partial" when mayNest => new MessagePartial(args),
        "delivery-status" or "global-delivery-status" => new MessageDeliveryStatus(args),
        "disposition-notification" or "global-disposition-notification" => new MessageDispositionNotification(args),
        "feedback-report" => new MessageFeedbackReport(args),
        _ => new MimePart(args),
    };
}
