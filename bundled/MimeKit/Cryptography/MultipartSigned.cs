namespace MimeKit.Cryptography;

internal sealed class MultipartSigned(EntityArguments args) : Multipart(args);
