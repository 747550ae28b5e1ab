namespace MimeKit.Cryptography;

internal sealed class ApplicationPkcs7Mime(EntityArguments args) : MimePart(args);
