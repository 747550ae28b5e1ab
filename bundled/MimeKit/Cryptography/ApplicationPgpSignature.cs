namespace MimeKit.Cryptography;

internal sealed class ApplicationPgpSignature(EntityArguments args) : MimePart(args);
