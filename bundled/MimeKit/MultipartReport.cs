namespace MimeKit;

internal sealed class MultipartReport(EntityArguments args) : Multipart(args);
