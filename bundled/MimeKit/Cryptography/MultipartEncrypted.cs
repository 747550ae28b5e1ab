namespace MimeKit.Cryptography;

internal sealed class MultipartEncrypted(EntityArguments args) : Multipart(args);
