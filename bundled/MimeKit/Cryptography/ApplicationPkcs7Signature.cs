namespace MimeKit.Cryptography;

internal sealed class ApplicationPkcs7Signature(EntityArguments args) : MimePart(args);
