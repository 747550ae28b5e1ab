namespace MimeKit.Cryptography;

internal sealed class ApplicationPgpEncrypted(EntityArguments args) : MimePart(args);
